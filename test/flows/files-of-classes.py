import io
import os
import zipfile

from flask import request


class Remote(io.RawIOBase):
    def __init__(self, address):
        self.address = address

    def read(self, size=-1):
        return b""


class Place:
    def __init__(self, name):
        self.name = name

    def __fspath__(self):
        return self.name

    def read(self):
        return b""


class Named:
    def __init__(self, name):
        self.name = name


# case: an object that is read like a file is no path
def listing():
    with zipfile.ZipFile(Remote(request.args["address"])) as archive:
        return len(archive.namelist())


# case: an object that says which path it is
def contents():
    with zipfile.ZipFile(Place(request.args["name"])) as archive:  # expect: path-traversal from 40
        return len(archive.namelist())


# case: the path that an object keeps
def stored():
    with zipfile.ZipFile(Named(request.args["name"]).name) as archive:  # expect: path-traversal from 46
        return len(archive.namelist())
