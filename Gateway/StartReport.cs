using System.Collections.Immutable;

namespace MmoOrleans.Gateway;

/// <summary>What a host says to whoever started it: lines on stdout that scripts read, a sentence on stderr when it cannot.</summary>
public static class StartReport
{
    public static int Say(string text)
    {
        Console.Out.WriteLine(text);
        return (int)ExitCode.Stopped;
    }

    public static int Fail(ExitCode code, string sentence)
    {
        Console.Error.WriteLine(sentence);
        return (int)code;
    }

    /// <summary>Where it listens, what is worth a warning, and that it is there.</summary>
    public static void Ready(IEnumerable<string> lines, ImmutableArray<string> warnings)
    {
        foreach (var line in lines)
            Console.Out.WriteLine(line);
        foreach (var warning in warnings)
            Console.Out.WriteLine($"warning {warning}");
        Console.Out.WriteLine("READY");
        Console.Out.Flush();
    }
}
