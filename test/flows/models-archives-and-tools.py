import os
import shutil
from pathlib import Path

import git
import py7zr
import rarfile
import smbclient
from flask import request
from langchain_community.utilities import SQLDatabase
from langchain_experimental.utilities import PythonREPL
from langchain_openai import ChatOpenAI


# case: names inside a rar archive
def rar(stream):
    with rarfile.RarFile(stream) as archive:
        for info in archive.infolist():
            with open(os.path.join("/srv", info.filename), "wb") as out:  # expect: zip-slip-manual-extract from 19
                shutil.copyfileobj(archive.open(info), out)
        for name in archive.namelist():
            Path("/srv", name).write_bytes(archive.read(name))  # expect: zip-slip-manual-extract from 21


# case: the last parts of names inside a rar archive
def flat_rar(stream):
    with rarfile.RarFile(stream) as archive:
        for name in archive.namelist():
            Path("/srv", os.path.basename(name)).write_bytes(archive.read(name))


# case: names inside a 7z archive
def seven(stream):
    with py7zr.SevenZipFile(stream) as archive:
        for name, content in archive.readall().items():
            Path("/srv", name).write_bytes(content.read())  # expect: zip-slip-manual-extract from 35


# case: the last parts of names inside a 7z archive
def flat_seven(stream):
    with py7zr.SevenZipFile(stream) as archive:
        for name in archive.getnames():
            print(Path("/srv", Path(name).name).stat())


# case: a file of a share
def share():
    return smbclient.open_file("//files/share/" + request.args["name"], mode="rb")  # expect: path-traversal from 48


# case: one of the files of a share
def shared():
    name = {"a": "a.txt"}[request.args["name"]]
    return smbclient.open_file("//files/share/" + name, mode="rb")


# case: what git takes for an option
def checkout():
    return git.Repo("/srv").git.checkout(request.args["ref"])  # expect: argument-injection from 59


# case: behind a constant beginning, and in another place
def logged():
    repo = git.Repo("/srv")
    repo.git.checkout("origin/" + request.args["ref"])
    return repo.git.log(f"--author={request.args['author']}", "--", request.args["path"])


# case: what a model wrote, run by a tool
def tools(question):
    answer = ChatOpenAI(model="gpt-4o").invoke(question)
    PythonREPL().run(answer.content)  # expect: llm-output-to-sink from 71
    SQLDatabase.from_uri("sqlite:///a.db").run(answer.content)  # expect: llm-output-to-sink from 71


# case: one of the statements of the program
def chosen(question):
    answer = ChatOpenAI(model="gpt-4o").invoke(question)
    statement = {"count": "SELECT count(*) FROM person"}[answer.content]
    SQLDatabase.from_uri("sqlite:///a.db").run(statement)
