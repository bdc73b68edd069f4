"""Lets moto do what it does in less time: most of an UpdateItem goes into reading the same expressions again.

Nothing here changes what moto answers.
"""

import pickle
from functools import lru_cache

from moto import backends
from moto.core.serialize import AttributePicker
from moto.dynamodb.models import UpdateExpressionParser
from moto.dynamodb.parsing import validators
from moto.dynamodb.parsing.ast_nodes import DepthFirstTraverser, Expression, Node, UpdateExpressionFunction

# A folder is listed for every request.
modules = tuple(backends.list_of_moto_modules())
backends.list_of_moto_modules = lambda: modules

# Expressions are validated on copies, so that a parsed one can be kept.
make = lru_cache(maxsize=256)(UpdateExpressionParser.make)
UpdateExpressionParser.make = make
validators.deepcopy = lambda tree: pickle.loads(pickle.dumps(tree, pickle.HIGHEST_PROTOCOL))

# Asking an abstract class whether something is its instance takes long, and is asked for every node ten times.
is_subclass = lru_cache(maxsize=4096)(issubclass)


def traverse(self, root):
    processors = self._processing_map()
    classes = tuple(processors)

    def process(node):
        for wanted, processor in processors.items():
            if is_subclass(type(node), wanted):
                return processor(node)

    def visit(node, place=-1):
        kind = type(node)
        if not is_subclass(kind, Node):
            return node
        parent = node.parent
        for position, child in enumerate(node.children or ()):
            self.pre_processing_of_child(node, position)
            visit(child, position)
        if is_subclass(kind, classes):
            node = process(node)
            node.parent = parent
            if parent:
                parent.children[place] = node
        return node

    return visit(root)


def find_clauses(self, kinds):
    clauses = []
    for child in self.children or ():
        kind = type(child)
        if kind in kinds:
            clauses.append(child)
        elif is_subclass(kind, (Expression, UpdateExpressionFunction)):
            clauses.extend(find_clauses(child, kinds))
    return clauses


DepthFirstTraverser.traverse = traverse
Node.find_clauses = find_clauses

# Every value of an item is looked up under a dozen names that a model might have for it; items have the wire's own.
pick = AttributePicker.__call__


def pick_from_item(self, context):
    holder = getattr(context.shape, "parent", None)
    if type(context.obj) is dict and getattr(holder, "name", None) == "AttributeValue":
        return context.obj.get(context.key)
    return pick(self, context)


AttributePicker.__call__ = pick_from_item
