using System.Collections.Immutable;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>What a host is to do after reading its configuration.</summary>
public abstract record StartAnswer
{
    private StartAnswer()
    {
    }

    /// <summary>Start with these settings, and print one `warning ...` line for each warning.</summary>
    public sealed record Ready(ServerSettings Settings, ImmutableArray<string> Warnings) : StartAnswer;

    /// <summary>Print the text and end with 0.</summary>
    public sealed record ShowHelp(string Text) : StartAnswer;

    /// <summary>Print the version and end with 0.</summary>
    public sealed record ShowVersion(string Version) : StartAnswer;

    /// <summary>The settings are in that file now; say so and end with 0.</summary>
    public sealed record Wrote(string Path) : StartAnswer;

    /// <summary>Print the sentence (one line for each thing to mend) on stderr and end with 2.</summary>
    public sealed record Refused(string Sentence) : StartAnswer;
}
