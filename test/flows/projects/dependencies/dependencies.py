import sqlite3
from typing import Annotated, Iterator

from fastapi import Depends, HTTPException, Query


def open_store() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect("shop.db")
    yield connection
    connection.close()


def known_table(table: Annotated[str, Query()]) -> str:
    if table not in {"item", "customer"}:
        raise HTTPException(404)
    return table


def any_table(table: str) -> str:
    return table.lower()


def page_number(page: int = 1) -> int:
    return page * 20


Store = Annotated[sqlite3.Connection, Depends(open_store)]
Known = Annotated[str, Depends(known_table)]
Any = Annotated[str, Depends(any_table)]
