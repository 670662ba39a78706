import sqlite3


class Database:
    def __init__(self, path):
        self.connection = sqlite3.connect(path)

    def query(self, statement, *values):
        return self.connection.execute(statement, values).fetchall()  # expect: sql-injection from views.py:11
