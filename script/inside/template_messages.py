"""Texts in Django's templates, for Babel: the same ones, in the same form, that Django asks the catalogue for."""

from django.template.base import Lexer, TokenType
from django.utils.translation import trim_whitespace
from django.utils.translation.template import (
    block_re,
    constant_re,
    context_re,
    endblock_re,
    inline_re,
    plural_re,
)


def extract_django(fileobj, keywords, comment_tags, options):
    """Babel's interface: yields (line, function, arguments, comments) for each text of a template."""
    line, block = 1, None
    for token in Lexer(fileobj.read().decode("utf-8")).tokenize():
        content = token.contents
        if block is not None:
            block.take(token)
        elif token.token_type == TokenType.BLOCK:
            opened = block_re.match(content)
            block = Block(opened, content) if opened else None
            yield from ((line, *found, []) for found in inline(content))
        elif token.token_type == TokenType.VAR:
            yield from ((line, *found, []) for found in constants(content))
        if block is not None and block.ended:
            yield (line, *block.message(), [])
            block = None
        line += content.count("\n")


def inline(content):
    """What a tag asks for: {% translate "…" context "…" %}, and every _("…") among its arguments."""
    match = inline_re.match(content)
    if match:
        text = doubled(unquoted(match[1]))
        yield ("pgettext", [unquoted(match[3]), text]) if match[2] else ("gettext", text)
    yield from constants(content)


def constants(content):
    """Every _("…")."""
    return [("gettext", doubled(unquoted(found))) for found in constant_re.findall(content)]


class Block:
    """A {% blocktranslate %} as far as it has been read."""

    def __init__(self, match, content):
        self.context = unquoted(context_re.match(match[1])[1]) if match[1] else None
        self.trimmed = "trimmed" in content.split()
        self.parts = [[]]
        self.ended = False

    def take(self, token):
        """Add one token: text, a variable, the plural's beginning, the end."""
        if token.token_type == TokenType.BLOCK and plural_re.match(token.contents):
            self.parts.append([])
        elif token.token_type == TokenType.BLOCK and endblock_re.match(token.contents):
            self.ended = True
        elif token.token_type == TokenType.VAR:
            self.parts[-1].append(f"%({token.contents})s")
        elif token.token_type == TokenType.TEXT:
            self.parts[-1].append(doubled(token.contents))

    def message(self):
        """The function of gettext that this is, and its arguments."""
        texts = ["".join(part) for part in self.parts]
        texts = [trim_whitespace(text) for text in texts] if self.trimmed else texts
        name = ("np" if len(texts) > 1 else "p") if self.context else ("n" if len(texts) > 1 else "")
        arguments = ([self.context] if self.context else []) + texts
        return f"{name}gettext", arguments if len(arguments) > 1 else arguments[0]


def unquoted(text):
    """The text within its quotes."""
    return text[1:-1]


def doubled(text):
    """Django asks for a text with its per cent signs doubled."""
    return text.replace("%", "%%")
