"""Hold the package to what keeps it easy to find one's way in, as ``make lint`` does.

    python tools/house.py

A module that serves exactly one other belongs to it, modules that need each other in a circle are one module, one class
name means one thing, an import inside a function says why it stands there, and a name says what a thing is, not what
was done to it. What is otherwise, with a reason, is listed in ``tools/house.toml``. What is new there is named, and so
is an entry that is true no longer, so that the lists only get shorter.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "jdgen"

#: Names that only say a state. What was found, made or told, a reader would have to look up; a second word may say it.
# (What is left may be so on a page, too.)
STATES = frozenset(
    """
    added allowed asked bound brought built called caught changed checked chosen closed counted done drawn dropped
    edited ended filled found given gone handed held joined kept known listed loaded looked lost made marked meant
    merged met moved named noted numbered one opened own parsed passed placed printed put read refused removed resolved
    said saved seen sent shown taken told turned used wanted written
    """.split()  # noqa: SIM905  # seventy words are read more easily in lines
)
#: Of these words, the verbs: functions may be called so.
VERBS = frozenset(("bound", "own", "put", "read"))

#: An import, in either form.
AnyImport = ast.Import | ast.ImportFrom


@dataclass(frozen=True)
class Module:
    """A module as it is written: what it says, and the names of what it imports."""

    name: str
    path: Path
    lines: tuple[str, ...]
    tree: ast.Module

    @classmethod
    def read(cls, path: Path, root: Path) -> Self:
        """The module at ``path``, named from ``root``."""
        parts = path.relative_to(root).with_suffix("").parts
        text = path.read_text(encoding="utf-8")
        return cls(
            ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path, tuple(text.splitlines()), ast.parse(text)
        )

    @property
    def is_package(self) -> bool:
        """Whether it is the ``__init__`` of a room."""
        return self.path.name == "__init__.py"

    def imports(self) -> Iterator[AnyImport]:
        """Every import, wherever it stands."""
        return (node for node in ast.walk(self.tree) if isinstance(node, AnyImport))

    def imports_inside_functions(self) -> list[AnyImport]:
        """Imports that run when a function is called, by line."""
        functions = (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
        inside = {node for function in functions for node in ast.walk(function) if isinstance(node, AnyImport)}
        return sorted(inside, key=lambda node: node.lineno)


def modules_of(root: Path) -> dict[str, Module]:
    """The modules of the package in the folder ``root``, by name."""
    modules = (Module.read(path, root) for path in sorted((root / PACKAGE).rglob("*.py")))
    return {module.name: module for module in modules}


def targets(node: AnyImport, modules: Mapping[str, Module]) -> Iterator[str]:
    """The modules of the package that an import names."""
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    else:
        whole = node.module or ""
        members = [f"{whole}.{alias.name}" for alias in node.names]
        names = [member if member in modules else whole for member in members]
    return (name for name in names if name in modules)


def serving_one(modules: Mapping[str, Module]) -> dict[str, str]:
    """Modules that exactly one other imports, with that other.

    A room may have one user, and a command has a file to itself, which only the group that it belongs to imports.
    """
    users: defaultdict[str, set[str]] = defaultdict(set)
    for module in modules.values():
        for node in module.imports():
            for target in targets(node, modules):
                if target != module.name:
                    users[target].add(module.name)
    single = {
        name: next(iter(others))
        for name, others in sorted(users.items())
        if len(others) == 1 and not modules[name].is_package
    }
    return {name: user for name, user in single.items() if not _is_command(name, modules[user])}


def _is_command(name: str, user: Module) -> bool:
    return name.startswith(f"{PACKAGE}.cli.") and (user.is_package or not user.name.startswith(f"{PACKAGE}.cli."))


def circles(modules: Mapping[str, Module]) -> list[str]:
    """Modules that import each other, a circle a text; imports inside functions are no part of one."""
    uses: dict[str, set[str]] = {}
    for module in modules.values():
        lazy = set(module.imports_inside_functions())
        eager = (node for node in module.imports() if node not in lazy)
        uses[module.name] = {name for node in eager for name in targets(node, modules)} - {module.name}
    reached = {name: _reached(name, uses) for name in uses}
    groups = {frozenset(other for other in reached[name] if name in reached[other]) for name in uses}
    return sorted(" ".join(sorted(group)) for group in groups if group)


def _reached(start: str, uses: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = list(uses[start])
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(uses[name])
    return reached


def doubled_classes(modules: Mapping[str, Module]) -> dict[str, list[str]]:
    """Public class names that several modules give, with these modules."""
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for module in modules.values():
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(module.name)
    return {name: modules_of_it for name, modules_of_it in sorted(homes.items()) if len(modules_of_it) > 1}


def unreasoned_imports(modules: Mapping[str, Module]) -> Counter[str]:
    """How many imports inside functions each module has that do not say why: after ``noqa``, or in a comment above."""
    counts: Counter[str] = Counter()
    for module in modules.values():
        for node in module.imports_inside_functions():
            counts[module.name] += not _has_reason(module.lines, node.lineno - 1)
    return +counts


def _has_reason(lines: tuple[str, ...], at: int) -> bool:
    """Whether the import in a line, or the first of those that it stands with, has a comment in words."""
    if lines[at].partition("# noqa: PLC0415")[2].strip(" #"):
        return True
    while lines[at - 1].strip().startswith(("import ", "from ")):
        at -= 1
        if lines[at].partition("# noqa: PLC0415")[2].strip(" #"):
            return True
    return lines[at - 1].strip().startswith("#")


def names_of_states(modules: Mapping[str, Module]) -> dict[str, int]:
    """Variables, arguments, fields, functions and classes whose name only says a state, as ``module: name``, with the
    line where each is first given."""
    lines: dict[str, int] = {}
    for module in modules.values():
        members = {node for owner in _classes(module) for statement in owner.body for node in ast.walk(statement)}
        for node in ast.walk(module.tree):
            name = _given_name(node)
            is_member = name.isupper() and node in members  # of an enumeration, which may well be one of states
            if name.strip("_").lower() in STATES and not is_member:
                lines.setdefault(f"{module.name}: {name}", node.lineno)  # type: ignore[attr-defined]  # those have one
    return lines


def _classes(module: Module) -> Iterator[ast.ClassDef]:
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef))


def _given_name(node: ast.AST) -> str:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return node.id
    if isinstance(node, ast.arg):
        return node.arg
    if isinstance(node, ast.ClassDef):
        return node.name
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.strip("_") not in VERBS:
        return node.name
    return ""


def faults(root: Path, exceptions: Mapping[str, Mapping[str, str]]) -> list[str]:
    """What is new, and what is listed and is not so, each with what to do."""
    modules = modules_of(root)
    single, doubled, lazy = serving_one(modules), doubled_classes(modules), unreasoned_imports(modules)
    present: dict[str, dict[str, str]] = {
        "serves-one": {
            name: f"{name} serves only {user}: put it into {user}, or list it with the reason why not"
            for name, user in single.items()
        },
        "circles": {circle: f"{circle} import each other: turn one import round" for circle in circles(modules)},
        "doubled-classes": {
            name: f"class {name} is in {' and '.join(homes)}: give each its own name" for name, homes in doubled.items()
        },
        "imports-inside-functions": {
            name: f"{name} has {count} import(s) inside functions without a reason: say why, or move them to the top"
            for name, count in lazy.items()
        },
        "names-of-states": {
            key: f"{key} (line {line}) says a state: name what the thing is, or list it with the reason why not"
            for key, line in names_of_states(modules).items()
        },
    }
    for kind in exceptions.keys() - present.keys():
        raise KeyError(f"tools/house.toml: {kind}: is no list of this check: {', '.join(present)}")
    new = [
        text for kind, texts in present.items() for key, text in texts.items() if key not in exceptions.get(kind, {})
    ]
    old = [
        f"tools/house.toml: {kind}: {key}: is so no longer: delete the entry"
        for kind, entries in exceptions.items()
        for key in entries
        if key not in present[kind]
    ]
    bare = [
        f"tools/house.toml: {kind}: {key}: has no reason"
        for kind, entries in exceptions.items()
        for key, reason in entries.items()
        if not reason.strip()
    ]
    return [*new, *old, *bare]


def main() -> int:
    """Print every fault; 1 if there is one."""
    with (ROOT / "tools/house.toml").open("rb") as file:
        exceptions = tomllib.load(file)
    new = faults(ROOT, exceptions)
    for fault in new:
        print(fault)
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main())
