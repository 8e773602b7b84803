using System.Collections.Immutable;
using System.Globalization;

namespace MmoOrleans.Gateway.Configuration;

/// <summary>One row of <see cref="ConfigKeys"/>: all there is to know about a key, for readers, `--help` and the docs alike.</summary>
/// <param name="Name">As written in the file; `-NAME` as an argument, `MMO_NAME` in the environment. Case matters, as in the kit.</param>
/// <param name="Kind">How its text is read.</param>
/// <param name="Default">The default as text, read by the same parser; null: absent unless given.</param>
/// <param name="Meaning">One line for an operator.</param>
public sealed record ConfigKey(string Name, KeyKind Kind, string? Default, string Meaning)
{
    /// <summary>The highest port number TCP has.</summary>
    public const int HighestPort = 65535;

    /// <summary>The heading under which help and docs list it.</summary>
    public string Group { get; init; } = "";

    /// <summary>The program that reads it. Default: the silo alone.</summary>
    public HostKind Hosts { get; init; } = HostKind.Silo;

    /// <summary>What happens when it is set. Default: it is one of ours.</summary>
    public KeyFate Fate { get; init; } = KeyFate.Ours;

    /// <summary>The Gateway host's default where it differs, so that both run on one machine.</summary>
    public string? GatewayDefault { get; init; }

    /// <summary>What happens when it is absent, for keys without a fixed default.</summary>
    public string? Otherwise { get; init; }

    /// <summary>The lowest number allowed.</summary>
    public double? Minimum { get; init; }

    /// <summary>The highest number allowed.</summary>
    public double? Maximum { get; init; }

    /// <summary>The words of a choice.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>Why an accepted kit key changes nothing.</summary>
    public string? Why { get; init; }

    /// <summary>Values that stop the start, each with the sentence that says why.</summary>
    public ImmutableSortedDictionary<string, string> RefusedValues { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Names that earlier kit versions used for it.</summary>
    public ImmutableArray<string> OldNames { get; init; } = [];

    /// <summary>True: its value is never printed nor written to a file.</summary>
    public bool IsSecret { get; init; }

    /// <summary>True: an action of one start, never read from a file or the environment.</summary>
    public bool IsArgumentOnly { get; init; }

    /// <summary>True: its default is another one for another host or another place of the program, so a written file leaves it to them.</summary>
    public bool DependsOnProgram { get; init; }

    /// <summary>The default that applies in <paramref name="host"/>.</summary>
    public string? DefaultFor(HostKind host) => host == HostKind.Gateway ? GatewayDefault ?? Default : Default;

    /// <summary>The default as help and docs show it.</summary>
    public string DefaultWords(HostKind host) => DefaultFor(host) ?? Otherwise ?? "absent";

    /// <summary>What a value must be, as part of a sentence: "a whole number from 1 to 60".</summary>
    public string Expected => Kind switch
    {
        KeyKind.Text => "text",
        KeyKind.Address => "an IP address or localhost",
        KeyKind.Path => "a path",
        KeyKind.Whole => $"a whole number{Range}",
        KeyKind.Port => $"a port number from 0 to {HighestPort}",
        KeyKind.Decimal => $"a number{Range}",
        KeyKind.Switch => "true or false",
        KeyKind.Choice => $"{string.Join(", ", Choices[..^1])} or {Choices[^1]}",
        KeyKind.List => "a list of names",
        KeyKind.Channels => "a list of channels {id, title, maxConnections}",
        _ => "anything",
    };

    private string Range => Minimum is null || Maximum is null ? "" : string.Create(CultureInfo.InvariantCulture, $" from {Minimum} to {Maximum}");
}
