/** What every program begins with: two classes whose objects carry values about. */
export const HEADER = `import contextlib
import functools
import os
import random

from flask import request


class Box:
    kind = "plain"

    def __init__(self, left, right="plain"):
        self.left = left
        self.right = right

    def get(self):
        return self.left

    def put(self, value):
        self.right = value
        return self

    def swap(self):
        self.left, self.right = self.right, self.left

    @property
    def other(self):
        return self.right


class Small(Box):
    def __init__(self, value):
        super().__init__("plain", value)

    def get(self):
        return self.right


`;
