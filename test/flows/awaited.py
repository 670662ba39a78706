import asyncio
import os
from flask import request


async def same(text):
    await asyncio.sleep(0)
    return text


async def both(first, second):
    one, other = await asyncio.gather(same(first), same(second))
    return [one, other]


async def begun(text):
    task = asyncio.create_task(same(text))
    return await task


async def in_group(first, second):
    async with asyncio.TaskGroup() as group:
        group.create_task(same(first))
        task = group.create_task(same(second))
    return await task


async def words(first, second):
    for word in (first, second):
        yield word


async def collected(first, second):
    found = []
    async for word in words(first, second):
        found.append(word)
    return found


# case: what a coroutine gives is what its function gives
def run():
    os.system(asyncio.run(same(request.args["w"])))  # expect: command-injection from 42


# case: what a coroutine gives is what its function gives, and what is none of it
def run_harmless():
    os.system(asyncio.run(same("ls")))


# case: what several give keeps its place
def gathered():
    found = asyncio.run(both("ls", request.args["w"]))
    os.system(found[1])  # expect: command-injection from 52


# case: what several give keeps its place, and what is none of it
def gathered_harmless():
    found = asyncio.run(both("ls", request.args["w"]))
    os.system(found[0])


# case: what a task gives
def task():
    os.system(asyncio.run(begun(request.args["w"])))  # expect: command-injection from 64


# case: what a task gives, and what is none of it
def task_harmless():
    os.system(asyncio.run(begun("ls")))


# case: what a task of a group gives
def task_of_group():
    os.system(asyncio.run(in_group("ls", request.args["w"])))  # expect: command-injection from 74


# case: what a task of a group gives, and what is none of it
def task_of_group_harmless():
    os.system(asyncio.run(in_group(request.args["w"], "ls")))


# case: what a generator gives one after the other
def generated():
    found = asyncio.run(collected("ls", request.args["w"]))
    os.system(found[1])  # expect: command-injection from 84


# case: what a generator gives one after the other, and what is none of it
def generated_harmless():
    found = asyncio.run(collected("ls", request.args["w"]))
    os.system(found[0])


# case: what a loop runs to its end
def in_loop():
    loop = asyncio.new_event_loop()
    os.system(loop.run_until_complete(same(request.args["w"])))  # expect: command-injection from 97


# case: what a loop runs to its end, and what is none of it
def in_loop_harmless():
    loop = asyncio.new_event_loop()
    os.system(loop.run_until_complete(same("ls")))
