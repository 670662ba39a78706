from fastapi import APIRouter

from schemas import Place

router = APIRouter()


@router.post("/place")
async def place(given: Place):
    open(f"/srv/{given.folder}/index.txt").read()
    open(f"/srv/{given.text}/index.txt").read()  # expect: path-traversal from 9
