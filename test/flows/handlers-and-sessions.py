import aiofiles
from aiohttp import web
from pathlib import Path


# case: a handler that another module registers, and a session of the application
async def proxy(request):
    async with request.app["client"].get(request.query["url"]) as answer:  # expect: ssrf from 8
        return web.Response(body=await answer.read())


# case: a handler of a class, the name of an upload
class Uploads:
    async def store(self, request):
        reader = await request.multipart()
        part = await reader.next()
        async with aiofiles.open(Path("/srv/uploads") / part.filename, "wb") as out:  # expect: path-traversal from 15
            await out.write(await part.read())
        return web.json_response({})


# case: a name that a table has for it
async def known(request):
    target = {"a": "https://a.example.org"}.get(request.query["name"])
    async with request.app["client"].get(target) as answer:
        return web.Response(body=await answer.read())


# case: what is entered without a request
async def store(request, pool):
    async with pool.get(request.query["name"]) as connection:
        await connection.execute("SELECT 1")


# case: the last part of the name of an upload
async def short(request):
    part = await (await request.multipart()).next()
    async with aiofiles.open(Path("/srv/uploads") / Path(part.filename).name, "wb") as out:
        await out.write(await part.read())
    return web.json_response({})


# case: a path on the host of the session's own
class Client:
    def __init__(self, session):
        self.session = session

    async def item(self, request):
        async with self.session.get("https://api.example.org/v1/" + request.query["number"]) as answer:
            return web.json_response(await answer.json())

    async def any(self, request):
        async with self.session.get("https://" + request.query["host"] + "/v1") as answer:  # expect: ssrf from 53
            return web.json_response(await answer.json())
