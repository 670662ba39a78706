from aiohttp import web

from bare import plain


async def shop(request):
    page = plain.get_template("shop.html").render(name=request.query["name"])
    return web.Response(text=page, content_type="text/html")  # expect: xss-reflected from 7


app = web.Application()
app.router.add_get("/", shop)
