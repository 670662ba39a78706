import tornado.web
from aiohttp import web
from django.views.generic import FormView, RedirectView
from flask import Flask, Response, request
from starlette.requests import Request
from starlette.responses import Response as Plain

app = Flask(__name__)


# case: a header among those of a response
@app.get("/go")
def among_headers():
    return Response(status=302, headers={"Location": request.args["next"]})  # expect: open-redirect from 14


# case: a header beside the text
@app.get("/beside")
def beside_text():
    return "", 302, {"location": request.args["next"]}  # expect: open-redirect from 20


# case: another header beside the text
@app.get("/other")
def other_header():
    return "", 200, {"X-Next": request.args["next"]}


# case: a path of this host in the header
@app.get("/here")
def path_of_this_host():
    return "", 302, {"Location": "/people/" + request.args["name"]}


# case: headers of a starlette response
async def starlette_headers(call: Request):
    return Plain(status_code=302, headers={"location": call.query_params["next"]})  # expect: open-redirect from 37


# case: headers of an aiohttp response
async def aiohttp_headers(call: web.Request):
    return web.Response(status=302, headers={"Location": call.query["next"]})  # expect: open-redirect from 42


# case: a header that is set by name
class Go(tornado.web.RequestHandler):
    def get(self):
        self.set_header("Location", self.get_argument("next"))  # expect: header-injection from 48, open-redirect from 48


# case: another header that is set by name
class Stay(tornado.web.RequestHandler):
    def get(self):
        self.set_header("X-Next", str(int(self.get_argument("next"))))


# case: what a gateway sends
def lambda_handler(event, context):
    return {"statusCode": 302, "headers": {"Location": event["next"]}, "body": ""}  # expect: open-redirect from 58


# case: the address that a view is asked for
class Old(RedirectView):
    def get_redirect_url(self, *args, **kwargs):
        return self.request.GET["to"]  # expect: open-redirect from 65


# case: the address after a form
class Done(FormView):
    def get_success_url(self):
        return "/thanks/" + self.request.GET["name"]


# case: where what was made is found is no redirect
@app.post("/books")
def made():
    place = request.json["name"]
    if request.json.get("slow"):
        return "", "202 Accepted", {"Location": place}
    if request.json.get("raw"):
        return Response("", 201, headers={"Location": place})
    return jsonify(ok=True), 201, {"Location": place}


# case: any other status, or one that is not known
@app.post("/moved")
def moved(code=302):
    place = request.json["name"]
    if request.json.get("slow"):
        return "", code, {"Location": place}  # expect: open-redirect from 88
    return Response("", 308, headers={"Location": place})  # expect: open-redirect from 88


# case: where what was made is found, set by name
class Made(tornado.web.RequestHandler):
    def post(self):
        self.set_status(201)
        self.set_header("Location", self.get_argument("name").replace("\r", "").replace("\n", ""))


# case: one of the statuses is that of a redirect
class Moved(tornado.web.RequestHandler):
    def post(self):
        self.set_status(201)
        if self.get_argument("old"):
            self.set_status(303)
        self.set_header("Location", self.get_argument("next").replace("\n", "").replace("\r", ""))  # expect: open-redirect from 107
