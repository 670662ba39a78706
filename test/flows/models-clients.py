import aiogram
import ariadne
import chainlit
import discord
import gradio
import graphene
import html
import klein
import os
import shop_pb2_grpc
import slack_bolt
import sqlite3
import strawberry
import streamlit
import subprocess
import telebot
import telegram

from discord.ext import commands
from telegram.ext import Application, ContextTypes, MessageHandler
from twisted.web import resource, server


# case: Twisted: the query string in a page
class Greeting(resource.Resource):
    isLeaf = True

    def render_GET(self, request):
        return b"<p>" + request.args[b"name"][0]  # expect: xss-reflected from 29


# case: Twisted: an escaped name in a page
class EscapedGreeting(resource.Resource):
    def render_GET(self, request):
        return "<p>" + html.escape(request.args[b"name"][0].decode())


# case: Twisted: a redirect and a part of the path
class Moved(resource.Resource):
    def getChild(self, name, request):
        os.remove("/srv/" + name)  # expect: path-traversal from 40
        return self

    def render_POST(self, request):
        request.redirect(request.getHeader("Referer"))  # expect: open-redirect from 45
        return server.NOT_DONE_YET


# case: Klein: the path of a route
class Pages:
    app = klein.Klein()

    @app.route("/<name>")
    def page(self, request, name):
        request.write("<p>" + name)  # expect: xss-reflected from 54
        return "<p>" + request.getCookie("a")  # expect: xss-reflected from 56

    @app.route("/number/<int:number>")
    def numbered(self, request, number):
        return f"<p>{number}"


# case: graphene: an argument of a resolver
class Query(graphene.ObjectType):
    user = graphene.String(name=graphene.String())

    def resolve_user(self, info, name):
        return sqlite3.connect("x").execute(f"select id from users where name = '{name}'").fetchone()  # expect: sql-injection from 67


# case: graphene: an argument that is bound
class BoundQuery(graphene.ObjectType):
    def resolve_user(self, info, name):
        return sqlite3.connect("x").execute("select id from users where name = ?", (name,)).fetchone()


# case: graphene: what a mutation is given
class Rename(graphene.Mutation):
    def mutate(root, info, folder):
        os.system("mv x " + folder)  # expect: command-injection from 79
        return Rename()

    def describe(self, folder):
        os.system("ls " + folder)


# case: strawberry: an argument of a field
@strawberry.type
class Root:
    @strawberry.field
    def lines(self, info: strawberry.Info, name: str) -> str:
        return open("/srv/" + name).read()  # expect: path-traversal from 91

    @strawberry.field(description="a number")
    def line(self, number: int) -> str:
        return open(f"/srv/{number}").read()


# case: ariadne: an argument of a resolver
query = ariadne.QueryType()


@query.field("files")
def resolve_files(obj, info, folder):
    os.system("ls " + obj.root)
    return subprocess.getoutput("ls " + folder)  # expect: command-injection from 104


# case: gRPC: a field of the message
class Shop(shop_pb2_grpc.ShopServicer):
    def Find(self, request, context):
        return sqlite3.connect("x").execute("select id from item where name = '%s'" % request.name)  # expect: sql-injection from 111

    def _load(self, request):
        os.system("ls " + request.name)


# case: gRPC: a field that is bound
class BoundShop(shop_pb2_grpc.ShopServicer):
    def Find(self, request, context):
        return sqlite3.connect("x").execute("select id from item where name = ?", [request.name])


# case: Gradio: what a form passes
def convert(name):
    os.system("convert " + name)  # expect: command-injection from 125


def greet(name):
    return "hello " + name


gradio.Interface(fn=convert, inputs="text", outputs="text")
gradio.Interface(greet, "text", "text")


# case: Gradio: what a button passes
def lookup(name):
    return eval(name)  # expect: code-injection from 138


with gradio.Blocks() as demo:
    button = gradio.Button("Look up")
    button.click(lookup, inputs=[], outputs=[])


# case: Streamlit: a field of the page
def streamlit_page():
    name = streamlit.text_input("Name")
    os.system("ls " + name)  # expect: command-injection from 149
    streamlit.markdown("<p>" + name, unsafe_allow_html=True)  # expect: xss-reflected from 149
    streamlit.markdown("<p>" + name)
    streamlit.write(name)


# case: Streamlit: a choice of constants
def streamlit_choice():
    column = streamlit.selectbox("Column", ["name", "size"])
    sqlite3.connect("x").execute("select * from item order by " + column)


# case: Discord: an argument of a command
bot = commands.Bot(command_prefix="!")


@bot.command()
async def ping(ctx, host):
    subprocess.run("ping " + host, shell=True)  # expect: command-injection from 167
    await ctx.send(str(ctx.author.id))


# case: Discord: a number as an argument
@bot.command()
async def roll(ctx, sides: int):
    subprocess.run(f"roll {sides}", shell=True)


# case: Discord: the text of a message
client = discord.Client()


@client.event
async def on_message(message):
    if message.content.startswith("!run "):
        os.system(message.content[5:])  # expect: command-injection from 184
    os.system("echo " + str(len(message.content)))


# case: Telegram: the text of an update
async def run(update: telegram.Update, context: ContextTypes.DEFAULT_TYPE):
    os.system(update.message.text)  # expect: command-injection from 191
    os.system("ls " + context.args[0])  # expect: command-injection from 192


# case: Telegram: a handler without annotations
def echo(update, context):
    os.system(update.effective_message.text)  # expect: command-injection from 197


Application.builder().build().add_handler(MessageHandler(None, echo))


# case: Telegram: an answer of one's own
async def fixed(update: telegram.Update, context: ContextTypes.DEFAULT_TYPE):
    if update.message.text == "status":
        os.system("systemctl " + update.message.text)


# case: telebot: the text of a message
tele = telebot.TeleBot("token")


@tele.message_handler(commands=["run"])
def tele_run(message):
    os.system(message.text)  # expect: command-injection from 215


# case: aiogram: the text of a message
dispatcher = aiogram.Dispatcher()


@dispatcher.message()
async def aiogram_run(message):
    os.system(message.text)  # expect: command-injection from 224


# case: Slack: what a command passes
slack = slack_bolt.App()


@slack.command("/run")
def slack_run(ack, command, client):
    ack()
    os.system(command["text"])  # expect: command-injection from 232
    os.system("ls " + client.token)


# case: Slack: an event
@slack.event("message")
def slack_message(event, say):
    say(event["text"])
    eval(event["text"])  # expect: code-injection from 240


# case: Chainlit: a message
@chainlit.on_message
async def chat(message):
    exec(message.content)  # expect: code-injection from 248
