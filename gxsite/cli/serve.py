"""``gxsite serve``."""

from __future__ import annotations

import click

from gxsite.cli.common import Call, print_findings, print_summary, project_command


@click.command("serve")
@click.option("-p", "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="端口 Port.")
@project_command
def command(call: Call, port: int) -> None:
    """生成并在本机预览，文件改动后重新生成并刷新网页。Build, serve on this machine only, reload on change.

    \b
    例 Example:
      gxsite serve --port 8080
    """
    from gxsite.cli.common import paths_of
    from gxsite.engine.load import texts_of
    from gxsite.engine.project import find_root
    from gxsite.engine.result import Result
    from gxsite.engine.serve import serve

    root = find_root(call.directory)
    zh = call.lang == "zh"

    def built(result: Result) -> None:
        shown = [d for d in result.findings if d.severity != "note"]
        print_findings(shown, call, texts_of(root, paths_of(shown)))
        print_summary(result.findings, call)

    def listening(address: str) -> None:
        click.echo(f"预览地址 {address}（按 Ctrl+C 结束）" if zh else f"Serving at {address} (Ctrl+C ends it)")

    serve(root, port, call.lang, built, listening)
