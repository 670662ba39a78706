import os
from flask import request


class Counter:
    total = 0

    def __init__(self):
        self.count = 0

    def up(self):
        self.count += 1
        return self.count

    @classmethod
    def up_all(cls):
        cls.total += 1
        return cls.total


# case: an object that counts its calls
def counting_object():
    counter = Counter()
    counter.up()
    if counter.up() == 2:
        os.system(request.args["w"])  # expect: command-injection from 26


# case: a class that counts its calls
def counting_class():
    Counter.up_all()
    if Counter.up_all() == 2:
        os.system(request.args["w"])  # expect: command-injection from 33


# case: an object that was asked once
def asked_once():
    if Counter().up() == 2:
        os.system(request.args["w"])


# case: numbers of a range that are reached
def numbers_of_range():
    for number in range(1, 4):
        if number == 3:
            os.system(request.args["w"])  # expect: command-injection from 46


# case: numbers of a range that are not reached
def numbers_behind_range():
    for number in range(1, 4):
        if number == 4:
            os.system(request.args["w"])


# case: an inner loop that is left before
def left_before():
    for row in range(3):
        for column in range(3):
            if column == 1:
                break
            if column == 2:
                os.system(request.args["w"])


# case: rows that were made one by one
def rows_of_their_own():
    grid = [["ls"] * 2 for _ in range(2)]
    grid[1][1] = request.args["w"]
    os.system(grid[0][1])


# case: a row that was filled
def filled_row():
    grid = [["ls"] * 2 for _ in range(2)]
    grid[1][1] = request.args["w"]
    os.system(grid[1][1])  # expect: command-injection from 76
