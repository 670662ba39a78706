from flask import Flask

app = Flask(__name__)

import views  # noqa: E402


def run_tool(arguments):
    views.log(arguments)
    import os

    os.system("tool " + arguments)  # expect: command-injection from views.py:8
