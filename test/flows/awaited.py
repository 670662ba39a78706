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
    os.system(asyncio.run(same("ls")))
    os.system(asyncio.run(same(request.args["w"])))  # expect: command-injection from 43


# case: what several give keeps its place
def gathered():
    found = asyncio.run(both("ls", request.args["w"]))
    os.system(found[0])
    os.system(found[1])  # expect: command-injection from 48


# case: what a task gives
def task():
    os.system(asyncio.run(begun("ls")))
    os.system(asyncio.run(begun(request.args["w"])))  # expect: command-injection from 56


# case: what a task of a group gives
def task_of_group():
    os.system(asyncio.run(in_group(request.args["w"], "ls")))
    os.system(asyncio.run(in_group("ls", request.args["w"])))  # expect: command-injection from 62


# case: what a generator gives one after the other
def generated():
    found = asyncio.run(collected("ls", request.args["w"]))
    os.system(found[0])
    os.system(found[1])  # expect: command-injection from 67


# case: what a loop runs to its end
def in_loop():
    loop = asyncio.new_event_loop()
    os.system(loop.run_until_complete(same("ls")))
    os.system(loop.run_until_complete(same(request.args["w"])))  # expect: command-injection from 76
