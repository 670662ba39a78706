"""Runs generated programs and says which of their sinks a marked text reached.

Reads a JSON list of programs from standard input and writes a JSON list of lists of line numbers. Each program runs
several times with other answers to what it cannot know, so that every way through it is taken.
"""

import json
import os
import random
import sys
import types

MARK = "\ue000" * 8
RUNS = 96



def run(code, number):
    reached = set()

    def system(text):
        frame = sys._getframe(1)
        if MARK[0] in text:
            reached.add(frame.f_lineno)
        return 0

    flask = types.ModuleType("flask")
    flask.request = types.SimpleNamespace(args={"q": MARK})
    random.seed(number)
    sys.modules["flask"] = flask
    before, os.system = os.system, system
    namespace = {"__name__": "generated"}
    try:
        exec(code, namespace)
        namespace["main"]()
    except Exception:
        pass
    finally:
        os.system = before
    return reached


def main():
    results = []
    for text in json.load(sys.stdin):
        code = compile(text, "generated.py", "exec")
        reached = set()
        for number in range(RUNS):
            reached |= run(code, number)
        results.append(sorted(reached))
    json.dump(results, sys.stdout)


main()
