/** A function at the base and at the head of a change. */
interface Change {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** Changes that take out a refusal of what the function goes on to use. */
export const REMOVED: readonly Change[] = [
  {
    name: "how old an event is",
    before: `
def paid(event):
    if datetime.fromtimestamp(event["time"], timezone.utc) < datetime.now(timezone.utc) - timedelta(minutes=5):
        abort(400)
    return ledger.invoice(event["invoice"])
`,
    after: `
def paid(event):
    return ledger.invoice(event["invoice"])
`,
  },
  {
    name: "whose an invoice is, which is hidden from others",
    before: `
from flask import abort, jsonify, session

def show(number):
    invoice = ledger.invoice(number)
    if invoice.customer != session.get("customer"):
        abort(404)
    return jsonify(total=invoice.total)
`,
    after: `
from flask import abort, jsonify, session

def show(number):
    invoice = ledger.invoice(number)
    return jsonify(total=invoice.total)
`,
  },
  {
    name: "an amount that nobody may ask for",
    before: `
def refund(invoice, amount):
    if amount <= 0 or amount > invoice.total:
        raise BillingError("amount")
    gateway.refund(invoice, amount)
`,
    after: `
def refund(invoice, amount):
    gateway.refund(invoice, amount)
`,
  },
  {
    name: "how many entries there are",
    before: `
def entries_of(bundle):
    entries = bundle.infolist()
    if len(entries) > MAX_ENTRIES:
        raise HTTPException(400, "too many entries")
    return [entry.filename for entry in entries]
`,
    after: `
def entries_of(bundle):
    entries = bundle.infolist()
    return [entry.filename for entry in entries]
`,
  },
  {
    name: "a name on no list, whatever turns it away",
    before: `
class Ssh:
    def restart(self, service):
        if service not in SERVICES:
            raise RemoteError("service")
        return self.run("systemctl", "restart", service)
`,
    after: `
class Ssh:
    def restart(self, service):
        return self.run("systemctl", "restart", service)
`,
  },
  {
    name: "how often somebody may ask",
    before: `
def login(request, limiter):
    if not limiter.allow(request.remote_addr):
        abort(429)
    return check(request.form["name"], request.form["password"])
`,
    after: `
def login(request, limiter):
    return check(request.form["name"], request.form["password"])
`,
  },
  {
    name: "what the session says of whoever asks",
    before: `
from flask import abort, jsonify, request, session

def entry():
    if not session.get("is_admin"):
        abort(403)
    return jsonify(CACHE[request.args["key"]])
`,
    after: `
from flask import abort, jsonify, request, session

def entry():
    return jsonify(CACHE[request.args["key"]])
`,
  },
  {
    name: "an object that says who may",
    before: `
class Handler:
    def handle(self):
        message = receive(self.request)
        if not self.auth.check(message.get("token"), self.client_address):
            return
        self.run(message)
`,
    after: `
class Handler:
    def handle(self):
        message = receive(self.request)
        self.run(message)
`,
  },
  {
    name: "how long a message says that it is",
    before: `
def receive(connection):
    (count,) = struct.unpack("!I", connection.recv(4))
    if count > MAX_MESSAGE:
        raise ProtocolError("message too long")
    return receive_exactly(connection, count)
`,
    after: `
def receive(connection):
    (count,) = struct.unpack("!I", connection.recv(4))
    return receive_exactly(connection, count)
`,
  },
  {
    name: "a bind without a password",
    before: `
import ldap

def check(uri, entry, password):
    if not password:
        return None
    connection = ldap.initialize(uri)
    connection.simple_bind_s(entry, password)
    return entry
`,
    after: `
import ldap

def check(uri, entry, password):
    connection = ldap.initialize(uri)
    connection.simple_bind_s(entry, password)
    return entry
`,
  },
  {
    name: "a certificate that has expired",
    before: `
def subject(certificate):
    if certificate.not_valid_after_utc < datetime.now(timezone.utc):
        raise EnvelopeError("expired")
    return certificate.subject
`,
    after: `
def subject(certificate):
    return certificate.subject
`,
  },
  {
    name: "a link to elsewhere",
    before: `
def delete(self, name):
    target = self.path(name)
    if os.path.islink(target):
        raise StorageError(name)
    shutil.rmtree(target)
`,
    after: `
def delete(self, name):
    target = self.path(name)
    shutil.rmtree(target)
`,
  },
];

/** Changes that take out something else, or put another refusal in its place. */
export const KEPT: readonly Change[] = [
  {
    name: "a value on no list that is only looked at",
    before: `
def title_of(kind):
    if kind not in TITLES:
        raise LookupError(kind)
    return render(kind)
`,
    after: `
def title_of(kind):
    return render(kind)
`,
  },
  {
    name: "a part that nobody asks for",
    before: `
def pages_of(amount_of_pages, size):
    if amount_of_pages <= size:
        return None
    return split(amount_of_pages, size)
`,
    after: `
def pages_of(amount_of_pages, size):
    return split(amount_of_pages, size)
`,
  },
  {
    name: "a value that is not there, and of which nothing depends",
    before: `
def check(entry, password):
    if not password:
        return None
    return entry.score(password)
`,
    after: `
def check(entry, password):
    return entry.score(password)
`,
  },
  {
    name: "how often something is tried again",
    before: `
def fetch(url, retry_count):
    if retry_count > MAX_RETRIES:
        raise FetchError(url)
    return get(url, retry_count)
`,
    after: `
def fetch(url, retry_count):
    return get(url, retry_count)
`,
  },
  {
    name: "a limit that is asked for in another way",
    before: `
def login(request, limiter):
    if not limiter.allow(request.remote_addr):
        abort(429)
    return check(request.form["name"], request.form["password"])
`,
    after: `
def login(request, limiter):
    slow_down(request)
    return check(request.form["name"], request.form["password"])
`,
  },
];
