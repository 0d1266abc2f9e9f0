"""What jdgen does, one function a command: values in, values out. The command line and tests call this.

Every function works in a :class:`Workspace`, and one that writes takes :class:`Permissions`: what the user lets it
write over. ``__all__`` of a module is what the command line knows of it: functions, and the types of what they take and
give.

A module has what commands need together, and imports at its top what they load; so ``jdgen status`` waits for no writer
of redlines, and one post for nothing that many need. The command line imports a command's file, and with it these, when
the command is called.
"""

from jdgen.document.replacing import Permissions
from jdgen.template.choosing import template_names
from jdgen.workspace import Workspace, find_workspace

__all__ = ["Permissions", "Workspace", "find_workspace", "template_names"]
