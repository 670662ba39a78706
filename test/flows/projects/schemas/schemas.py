from enum import Enum
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

Slug = Annotated[str, StringConstraints(pattern="^[a-z0-9_]+$")]


class Kind(str, Enum):
    FAST = "fast"
    SLOW = "slow"


class Job(BaseModel):
    name: str
    code: str = Field(pattern="^[a-z]+$")
    slug: Slug
    kind: Kind = Kind.FAST
    count: int = Field(ge=1, le=10)
