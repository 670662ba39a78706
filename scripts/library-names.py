#!/usr/bin/env python3
"""Look up every API path of rules/models in the libraries themselves.

    python3 scripts/library-names.py FOLDER > test/taint/library-names.json

FOLDER holds unpacked Python packages (wheels, or `dpkg-deb -x` of Debian's): they are read, never imported. The standard
library is the running interpreter's. `node scripts/build.ts` comes first: the paths are those of dist/rules-shown.json. A path is
`found` when each of its names is there; behind a value whose type the source does not tell, only the names before it are
looked up. What is in no package, or in another version of it, is not listed: test/taint/library-names.test.ts wants a reason for it.
"""
import ast
import builtins
import importlib
import inspect
import json
import re
import sys
from pathlib import Path

UNKNOWN = ("unknown",)
PARTS = re.compile(r"[A-Za-z_]\w*|\(\)|\[[^\]]*\]")


class Packages:
    def __init__(self, folder):
        self.roots = sorted({p.parent.parent for p in Path(folder).rglob("__init__.py") if not (p.parent.parent / "__init__.py").exists()}
                            | {p.parent for p in Path(folder).rglob("*-packages/*.py")})
        self.modules = {}

    def has(self, top):
        return self.module(top) is not None

    def module(self, name):
        """The module's tree, "compiled" for an extension, None where there is none."""
        if name not in self.modules:
            self.modules[name] = self._read(name)
        return self.modules[name]

    def _read(self, name):
        for root in self.roots:
            base = root / name.replace(".", "/")
            for file in (base / "__init__.py", base.with_name(base.name + ".py"), base.with_name(base.name + ".pyi")):
                if file.is_file():
                    return ast.parse(file.read_text("utf-8", "replace"))
            if base.parent.is_dir() and any(base.parent.glob(f"{base.name}.*.so")):
                return "compiled"
        return None

    def lookup(self, module, name, seen=()):
        """What `module.name` is: ("module", m), ("class", m, node), ("function", m, node), UNKNOWN, or None."""
        if (module, name) in seen or len(seen) > 12:
            return None
        seen = (*seen, (module, name))
        tree = self.module(module)
        if tree == "compiled":
            return UNKNOWN
        if tree is not None:
            found = self._in_body(module, tree.body, name, seen)
            if found is not None:
                return found
        if self.module(f"{module}.{name}") is not None:
            return ("module", f"{module}.{name}")
        if tree is not None and any(isinstance(n, ast.FunctionDef) and n.name == "__getattr__" for n in tree.body):
            return UNKNOWN
        return None

    def _in_body(self, module, body, name, seen):
        result = None
        for node in statements(body):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == name:
                result = ("function", module, node)
            elif isinstance(node, ast.ClassDef) and node.name == name:
                result = ("class", module, node)
            elif isinstance(node, ast.AnnAssign) and getattr(node.target, "id", None) == name:
                result = self.instance_of(module, node.annotation, seen)
            elif isinstance(node, ast.Assign) and any(getattr(t, "id", None) == name for t in names(node.targets)):
                result = self.value(module, node.value, seen) or UNKNOWN
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    if (alias.asname or alias.name.split(".")[0]) == name:
                        result = ("module", alias.name if alias.asname else name)
            elif isinstance(node, ast.ImportFrom):
                source = self.source(module, node)
                for alias in node.names:
                    if (alias.asname or alias.name) == name:
                        result = self.lookup(source, alias.name, seen) or (UNKNOWN if self.module(source) is None else result)
                    elif alias.name == "*":
                        result = self.lookup(source, name, seen) or result
        return result

    def source(self, module, node):
        if not node.level:
            return node.module
        package = module if self.is_package(module) else module.rpartition(".")[0]
        for _ in range(node.level - 1):
            package = package.rpartition(".")[0]
        return f"{package}.{node.module}" if node.module else package

    def is_package(self, name):
        return any((root / name.replace(".", "/") / "__init__.py").is_file() for root in self.roots)

    def value(self, module, node, seen):
        if isinstance(node, ast.Name):
            return self.lookup(module, node.id, seen)
        if isinstance(node, ast.Attribute):
            owner = self.value(module, node.value, seen)
            return self.member(owner, node.attr) if owner else None
        if isinstance(node, ast.Call):
            return self.called(self.value(module, node.func, seen))
        return UNKNOWN

    def instance_of(self, module, annotation, seen=()):
        if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
            try:
                annotation = ast.parse(annotation.value, mode="eval").body
            except SyntaxError:
                return UNKNOWN
        if isinstance(annotation, (ast.Name, ast.Attribute)):
            found = self.value(module, annotation, seen)
            if found and found[0] == "class":
                return ("instance", *found[1:])
        return UNKNOWN

    def called(self, what):
        if what is None or what[0] == "unknown":
            return UNKNOWN
        if what[0] == "class":
            return ("instance", *what[1:])
        if what[0] == "function":
            return self.instance_of(what[1], what[2].returns)
        if what[0] == "instance":
            call = self.member(what, "__call__")
            return self.called(call) if call else UNKNOWN
        return UNKNOWN

    def member(self, what, name, depth=0):
        if what[0] == "unknown":
            return UNKNOWN
        if what[0] == "module":
            return self.lookup(what[1], name)
        if what[0] == "function" or depth > 12:
            return UNKNOWN
        _, module, node = what
        for item in statements(node.body):
            if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)):
                if item.name == name:
                    is_value = any("property" in ast.dump(d) for d in item.decorator_list)
                    return self.instance_of(module, item.returns) if is_value else ("function", module, item)
                if what[0] == "instance" and item.name in ("__getattr__", "__getattribute__"):
                    return UNKNOWN
                for inner in ast.walk(item):
                    targets = names(inner.targets) if isinstance(inner, ast.Assign) else [inner.target] if isinstance(inner, ast.AnnAssign) else []
                    if any(isinstance(t, ast.Attribute) and t.attr == name for t in targets):
                        return UNKNOWN
            elif isinstance(item, ast.ClassDef) and item.name == name:
                return ("class", module, item)
            elif isinstance(item, ast.AnnAssign) and getattr(item.target, "id", None) == name:
                return self.instance_of(module, item.annotation)
            elif isinstance(item, ast.Assign) and any(getattr(t, "id", None) == name for t in names(item.targets)):
                return self.value(module, item.value, ()) or UNKNOWN
        for base in node.bases:
            parent = self.value(module, base, ())
            if parent is None or parent[0] in ("unknown", "function", "module"):
                return UNKNOWN
            if parent[0] == "class":
                found = self.member((what[0], *parent[1:]), name, depth + 1)
                if found is not None:
                    return found
        # A decorator such as `dataclass` or a metaclass may add names.
        return UNKNOWN if node.decorator_list or node.keywords else None


def names(targets):
    return [e for t in targets for e in (t.elts if isinstance(t, (ast.Tuple, ast.List)) else [t])]


def statements(body):
    for node in body:
        yield node
        for part in ("body", "orelse", "finalbody"):
            if isinstance(node, (ast.If, ast.Try, ast.With)):
                yield from statements(getattr(node, part, []))
        for handler in getattr(node, "handlers", []):
            yield from statements(handler.body)


def in_standard_library(parts):
    what, module = None, ""
    for index, part in enumerate(parts):
        if part == "()":
            if not inspect.isclass(what):
                return True
            continue
        if part.startswith("["):
            return True
        module = f"{module}.{part}" if module else part
        found = getattr(what, part, None) if what is not None else getattr(builtins, part, None)
        if found is None and (what is None or inspect.ismodule(what)):
            try:
                found = importlib.import_module(module)
            except Exception:
                found = None
        if found is None:
            # An attribute that only instances have is not seen on the class.
            return inspect.isclass(what) and parts[index - 1] == "()" and part in (inspect.getsource(what) if has_source(what) else part)
        what = found
    return True


def has_source(what):
    try:
        return bool(inspect.getsource(what))
    except (OSError, TypeError):
        return False


def in_packages(packages, parts):
    what = ("module", parts[0])
    for part in parts[1:]:
        what = packages.called(what) if part == "()" else UNKNOWN if part.startswith("[") else packages.member(what, part)
        if what is None:
            return False
        if what == UNKNOWN:
            return True
    return True


def paths_of(models):
    found = set()
    for model in models:
        found.update(model["aliases"], model["aliases"].values(), *model["types"].values())
        for key in ("types", "extends"):
            found.update(f"{name}()" for name in model[key])
        found.update(*model["extends"].values())
        for entry in model["entries"]:
            found.update(entry["decorators"], entry["bases"], entry["registrations"], entry["parameterTypes"].values())
        for key in ("sources", "sinks", "sanitizers", "guards"):
            for one in model[key]:
                found.update(one["at"])
        found.update(model["propagators"], model["texts"], model["opaque"], model["noreturn"])
    return sorted(found)


def main():
    packages = Packages(sys.argv[1])
    models = json.loads(Path("dist/rules-shown.json").read_text("utf-8"))["models"]
    standard = set(sys.stdlib_module_names) | set(dir(builtins))
    found, unchecked = {}, set()
    for path in paths_of(models):
        parts = PARTS.findall(path)
        top = parts[0]
        if top in standard:
            is_found = in_standard_library(parts)
        elif packages.has(top):
            is_found = in_packages(packages, parts)
        else:
            unchecked.add(top)
            continue
        if is_found:
            found.setdefault(top, []).append(path)
        else:
            print(f"not found: {path}", file=sys.stderr)
    result = {"python": sys.version.split()[0], "found": found, "unchecked": sorted(unchecked)}
    print(json.dumps(result, indent=1))


main()
