namespace MmoOrleans.Bots;

/// <summary>What <c>--help</c> and a wrong switch print.</summary>
internal static class UsageText
{
    public const string Text = """
        bots: thousands of walking, chatting clients in one process, and what they measured as one JSON object

          --server HOST:PORT   where Central listens (or --websocket)
          --websocket URL      the same over a WebSocket: ws://HOST:PORT/ws
          --clients N          how many bots
          --seconds S          how long to measure, from when all are in
          --warm-up S          how long to go on before that, when all are in (0)
          --rate R             moves per second of each bot (10; 0: they stand)
          --chat-rate R        lines of global chat per second of each bot (0)
          --channels NAMES     where they play, in turns; separated by commas (the first channel that has maps)
          --area SIDE          they walk in a square of SIDE metres around the middle of the map, no larger than the map (40)
          --spread S           the longest first walk in seconds, from where a character enters to its first place (60)
          --settle true        each stands still once it has walked to its first place (false)
          --deaf N             the last N of them stop reading once all are in place: every second one for good, the others
                               read for 2 s of every 8; they go on walking, and nothing of them is measured (0)
          --prefix P           accounts and characters are P_000001, P_000002, ... (bot; at most 9 letters, digits or _)
          --accounts FILE      keeps accounts with tokens, so that a second run hashes no password
          --ramp N             logins per second (50)
          --seed N             of all chance (1)
          --history FILE       keeps per character the last states that the server acknowledged, rewritten twice a second
          --verify FILE        instead of a run: logs every account of a history in and compares where its character stands
          --json FILE          writes the report to a file as well as to stdout

        A bot is in when it stands in its first place: drawn evenly from the part of the area that it can reach within --spread.
        Measuring begins when all are in, but waits for logins at most the time of the ramp and 60 s more, and then for walks
        at most twice --spread. Progress goes to stderr.

        Exit codes: 0 all well; 1 a bot was dropped, failed or never got in, or nothing was received, or --verify found a
        difference; 2 usage; 3 could not connect.
        """;
}
