from pydantic import BaseModel, field_validator


class Place(BaseModel):
    folder: str
    text: str

    @field_validator("folder")
    @classmethod
    def plain(cls, value: str) -> str:
        if "/" in value or ".." in value:
            raise ValueError("no")
        return value
