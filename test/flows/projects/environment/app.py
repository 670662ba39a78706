from aiohttp import web

from pages import escaping


async def shop(request):
    page = escaping.get_template("shop.html").render(name=request.query["name"])
    return web.Response(text=page, content_type="text/html")


async def greeting(request):
    page = escaping.from_string("<p>{{ name }}</p>").render(name=request.query["name"])
    return web.Response(text=page, content_type="text/html")


app = web.Application()
app.router.add_get("/", shop)
app.router.add_get("/greeting", greeting)
