"""The message and the exit code of each failure, never a traceback.

0: conforms. 1: findings at or above `--fail-on`. 2: unusable input. 3: a fault of ours. What a run that goes
well does without is imported here when something fails.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

import click

from montages.bilingual import message
from montages.cli.bilingual_commands import Session
from montages.errors import MontagesError, Refused, UnreadableFiles

_SORRY = message(
    "Sorry, Montages met an unexpected error ({}). Run again with “montages --debug …” and "
    "attach the output, with your file if it is public, to a report on the project's page.",
)
_NO_ROOM = message(
    "✗ Writing stopped: {}. Make room and run the same command; a batch goes on from where it was.",
)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_TRY = message("Help: {} --help")
_ANYWAY = message("Correct these points, or add --anyway to go on.")


def exit_code(run: Callable[[], int | None], session: Session) -> int:
    """Run a command and return its exit code; a failure is shown as one message."""
    try:
        return run() or 0
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        return _usage_error(error, session.lang)
    except (click.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        # The reader went away, as in `montages … | head`: nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except UnreadableFiles as error:
        return error.exit_code
    except Refused as error:
        _show_refusal(error, session.lang)
        return error.exit_code
    except MontagesError as error:
        _tell_fault(error.message(session.lang))
        return error.exit_code
    except OSError as error:
        if error.errno not in _FULL:
            return _unexpected(error, session)
        with suppress(OSError, ValueError):  # what is left to write would fail again at the end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _tell(_NO_ROOM[session.lang].format(os.strerror(error.errno or 0)))
        return 2
    except Exception as error:  # noqa: BLE001  # the last door: a user never meets a traceback
        return _unexpected(error, session)


def _unexpected(error: Exception, session: Session) -> int:
    if session.debug:
        raise error
    _tell(_SORRY[session.lang].format(type(error).__name__))
    return 3


def _show_refusal(error: Refused, lang: str) -> None:
    from montages.cli.output import show
    from montages.publish.text.findings_text import report_text
    from montages.validation.findings import Finding, Report

    name = error.message(lang).split(":")[0].strip()
    findings = tuple(f for f in error.findings if isinstance(f, Finding))
    show(report_text(name, Report(findings), lang), err=True)
    if not error.final:
        _tell(_ANYWAY[lang], style="bold")


def _tell_fault(sentence: str) -> None:
    from montages.cli.output import show
    from montages.publish.text.typeset import Line

    show(Line("✗ ", style="red").append(sentence, style="default"), err=True)


def _tell(sentence: str, style: str = "") -> None:
    from montages.cli.output import show
    from montages.publish.text.typeset import Line

    show(Line(sentence, style=style), err=True)


def _usage_error(error: click.ClickException, lang: str) -> int:
    """Show a mistake in how the command was written, and return the exit code."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message())
        return 0
    sentence = _french(error) if lang == "fr" else error.format_message()
    _tell_fault(sentence)
    if isinstance(error, click.UsageError) and error.ctx is not None:
        _tell(_TRY[lang].format(error.ctx.command_path), style="dim")
    return 2


def _french(error: click.ClickException) -> str:
    """Return the message of click in French; its own words where it says something rare."""
    match error:
        case click.NoSuchOption():
            return f"Option inconnue : {error.option_name}.{_hint(error.possibilities)}"
        case click.NoSuchCommand():
            from montages.knowledge.did_you_mean import nearest

            close = nearest(error.command_name, error.possibilities or ())
            return f"Commande inconnue : {error.command_name}.{_hint([close] if close else None)}"
        case click.MissingParameter() if error.param is not None and error.ctx is not None:
            if isinstance(error.param, click.Option):
                return f"Il manque {error.param.opts[0]}."
            return f"Il manque {error.param.make_metavar(error.ctx).rstrip('…')}."
        case click.BadParameter() if error.param is not None:
            choices = getattr(error.param.type, "choices", None)
            if choices:
                return f"{error.param.opts[0]} : valeurs acceptées : {', '.join(choices)}."
            if isinstance(error.param.type, click.IntRange):
                return f"{error.param.opts[0]} : un nombre entier est attendu."
            return f"{error.param.opts[0]} : {error.message}"
        case click.BadOptionUsage():
            return f"L'option {error.option_name} attend une valeur."
    return error.format_message()


def _hint(close: Sequence[str] | None) -> str:
    return f" Vouliez-vous {', '.join(close)} ?" if close else ""
