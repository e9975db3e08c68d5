"""What Telegram shows of the bot itself: its commands, and what it is, before anybody has written.

Owns: these texts. A command is a word that the engine knows (`lotse match` names them), in the letters that Telegram
allows (a-z, digits, "_"). They are set when they differ from what the server has, so that a restart changes nothing.

Source: https://core.telegram.org/bots/api#setmycommands, #setmydescription (512), #setmyshortdescription (120).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats

COMMANDS: Final[Mapping[str, Mapping[str, str]]] = {
    "": {
        "notruf": "Die Nummern für den Notfall",
        "hilfe": "Was Sie hier schreiben können",
        "mensch": "Mit wem Sie sprechen können",
        "zurueck": "Eine Frage zurück",
        "aendern": "Eine frühere Antwort ändern",
        "wiederholen": "Die Frage noch einmal",
        "status": "Wo wir gerade stehen",
        "sprache": "Andere Sprache, auch Einfache Sprache",
        "daten": "Was über Sie gespeichert ist",
        "neu": "Von vorn anfangen",
        "abbrechen": "Diesen Weg verlassen",
        "stopp": "Alles beenden; ich schreibe nicht mehr von mir aus",
        "loeschen": "Alles über Sie löschen",
    },
    "en": {
        "emergency": "The emergency numbers",
        "help": "What you can write here",
        "human": "People you can talk to",
        "back": "One question back",
        "change": "Change an earlier answer",
        "repeat": "The question once more",
        "status": "Where we are",
        "language": "Another language",
        "data": "What is stored about you",
        "new": "Start again",
        "cancel": "Leave this path",
        "stop": "End everything; I will not write first again",
        "delete": "Delete everything about you",
    },
}
"""By language code; "" is what everybody else sees."""

DESCRIPTION: Final[Mapping[str, str]] = {
    "": (
        "Der Lotse hilft Menschen, die für ihre Kommune arbeiten und bedroht, beleidigt oder angegriffen werden: "
        "erste Schritte, und wer jetzt zuständig ist.\n\n"
        "Ein Computerprogramm, kein Mensch und nicht die Polizei. In Gefahr: 110. Verletzt oder Suizidgedanken: 112."
        "\n\nTelegram kann hier mitlesen. Bitte keine Namen schreiben."
    ),
    "en": (
        "The Lotse helps people who work for their municipality and are threatened, insulted or attacked: first steps, "
        "and who is responsible now.\n\n"
        "A computer program, not a human and not the police. In danger: 110. Injured or thinking of suicide: 112.\n\n"
        "Telegram can read along here. Please do not write names."
    ),
}
SHORT: Final[Mapping[str, str]] = {
    "": "Erste Schritte nach Bedrohung und Anfeindung im Dienst. Ein Programm, nicht die Polizei. In Gefahr: 110",
    "en": "First steps after threats at work for a municipality. A program, not the police. In danger: 110",
}


async def hang_up(bot: Bot) -> None:
    """Set what differs.

    Raises:
        TelegramError: the server did not take it; to be tried again.
    """
    scope = BotCommandScopeAllPrivateChats()
    for language, commands in COMMANDS.items():
        wanted = tuple(BotCommand(name, what) for name, what in commands.items())
        if tuple(await bot.get_my_commands(scope, language_code=language or None)) != wanted:
            await bot.set_my_commands(wanted, scope, language_code=language or None)
    for language, text in DESCRIPTION.items():
        if (await bot.get_my_description(language or None)).description != text:
            await bot.set_my_description(text, language or None)
    for language, text in SHORT.items():
        if (await bot.get_my_short_description(language or None)).short_description != text:
            await bot.set_my_short_description(text, language or None)
