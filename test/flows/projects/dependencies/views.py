from fastapi import Depends, FastAPI

from .dependencies import Any, Known, Store, any_table, known_table, open_store, page_number

app = FastAPI()


@app.get("/known")
def known(store: Store, table: Known):
    return store.execute(f"SELECT * FROM {table}").fetchall()


@app.get("/any")
def anything(store: Store, table: Any):
    return store.execute(f"SELECT * FROM {table}").fetchall()  # expect: sql-injection from dependencies.py:19


@app.get("/known/default")
def known_default(store=Depends(open_store), table: str = Depends(known_table)):
    return store.execute(f"SELECT * FROM {table}").fetchall()


@app.get("/any/default")
def any_default(store=Depends(open_store), table: str = Depends(any_table)):
    return store.execute(f"SELECT * FROM {table}").fetchall()  # expect: sql-injection from dependencies.py:19


@app.get("/page")
def page(store: Store, start: int = Depends(page_number)):
    return store.execute(f"SELECT * FROM item LIMIT 20 OFFSET {start}").fetchall()
