import bleach
import html
import json
import markupsafe
import urllib.parse
import urllib.request
import xml.dom.minidom
import xml.sax

from flask import (
    Flask,
    abort,
    jsonify,
    make_response,
    redirect,
    render_template,
    render_template_string,
    request,
    send_file,
    send_from_directory,
    session,
    url_for,
)
app = Flask(__name__)


# case: reflected text
@app.route("/b1")
def b1():
    return "<p>" + request.args["a"] + "</p>"  # expect: xss-reflected from 30


# case: reflected text by response append
@app.route("/b2")
def b2():
    RESPONSE = ""
    RESPONSE += "Parameter value: " + request.args["a"]
    return RESPONSE  # expect: xss-reflected from 37


# case: reflected escaped
@app.route("/b3")
def b3():
    RESPONSE = ""
    RESPONSE += "Parameter value: " + markupsafe.escape(request.args["a"])
    RESPONSE += html.escape(request.args["a"])
    return RESPONSE


# case: reflected in json
@app.route("/b4")
def b4():
    return jsonify({"a": request.args["a"]})


# case: reflected dict
@app.route("/b5")
def b5():
    return {"a": request.args["a"]}


# case: reflected as plain text
@app.route("/b6")
def b6():
    r = make_response(request.args["a"])
    r.headers["Content-Type"] = "text/plain"
    return r


# case: reflected json dumps as html
@app.route("/b7")
def b7():
    return json.dumps({"a": "x"})


# case: replace of angle brackets with entities
@app.route("/b8")
def b8():
    a = request.args["a"].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return "<p>" + a + "</p>"


# case: replace of script only
@app.route("/b9")
def b9():
    a = request.args["a"].replace("<script>", "")
    return "<p>" + a + "</p>"  # expect: xss-reflected from 86


# case: template escapes
@app.route("/b10")
def b10():
    return render_template("x.html", a=request.args["a"])


# case: template string
@app.route("/b11")
def b11():
    return render_template_string("<p>" + request.args["a"] + "</p>")  # expect: ssti from 99


# case: template string variable
@app.route("/b12")
def b12():
    return render_template_string("<p>{{ a }}</p>", a=request.args["a"])


# case: redirect
@app.route("/b13")
def b13():
    return redirect(request.args["a"])  # expect: open-redirect from 111


# case: redirect by urlparse netloc check
@app.route("/b14")
def b14():
    url = request.args["a"]
    u = urllib.parse.urlparse(url)
    if u.netloc != "" or u.scheme != "":
        return abort(400)
    return redirect(url)


# case: redirect by netloc allowlist
@app.route("/b15")
def b15():
    url = request.args["a"]
    u = urllib.parse.urlparse(url)
    if u.netloc not in ["example.com", "example.org"] or u.scheme != "https":
        return abort(400)
    return redirect(url)


# case: redirect with a fixed host
@app.route("/b16")
def b16():
    return redirect("https://example.com/?q=" + request.args["a"])


# case: redirect in the path of this host
@app.route("/b17")
def b17():
    return redirect("/users/" + request.args["a"])


# case: redirect by url_for
@app.route("/b18")
def b18():
    return redirect(url_for("show", name=request.args["a"]))


# case: redirect startswith slash
@app.route("/b19")
def b19():
    url = request.args["a"]
    if not url.startswith("/"):
        abort(400)
    return redirect(url)  # expect: open-redirect from 155


# case: redirect startswith slash but not two
@app.route("/b20")
def b20():
    url = request.args["a"]
    if not url.startswith("/") or url.startswith("//"):
        abort(400)
    return redirect(url)


# case: xml sax external entities
@app.route("/b51")
def b51():
    parser = xml.sax.make_parser()
    parser.setFeature(xml.sax.handler.feature_external_ges, True)
    parser.parse(request.stream)  # expect: xxe from 175
    return "x"


# case: session key and value
@app.route("/b54")
def b54():
    session["user"] = request.args["a"]  # expect: trust-boundary-session from 182
    return "x"


# case: session key
@app.route("/b55")
def b55():
    session[request.args["a"]] = "10340"  # expect: trust-boundary-session from 189
    return "x"


# case: session of constant
@app.route("/b56")
def b56():
    session["user"] = "x"
    return "x"


# case: header
@app.route("/b57")
def b57():
    r = make_response("x")
    r.headers["X-A"] = request.args["a"]
    return r


# case: bleach
@app.route("/b63")
def b63():
    return bleach.clean(request.args["a"])
