namespace MmoOrleans.Benchmarks;

/// <summary>What a wrong command line prints.</summary>
internal static class UsageText
{
    private const int ExitCode = 2;

    private const string Text = """
        dotnet run -c Release --project tests/Benchmarks -- load [switches]
          --scenario NAMES   of walk, remote, cluster, crowd, chat, slow, overload, idle, spawn, join; separated by commas (all)
                             cluster needs a PostgreSQL database: MMO_CONNECTIONSTRING
          --clients N,...    instead of each scenario's own numbers
          --seconds S        measured time of each run (20)
          --warm-up S        before it (10)
          --repeats N        of each row; a row is the median of each figure (3)
          --floors NAMES     of sockets, kestrel, none (sockets,kestrel)
          --core N           the processor that bots and floor clients are pinned to (the last)
          --folder PATH      keeps accounts and database there for the next time (a temporary one)
          --json FILE        writes the rows as JSON too

        dotnet run -c Release --project tests/Benchmarks -- micro [BenchmarkDotNet's switches]
        """;

    public static int Print(TextWriter output)
    {
        output.WriteLine(Text);
        return ExitCode;
    }
}
