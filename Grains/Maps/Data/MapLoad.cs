using System.Collections.Immutable;

namespace MmoOrleans.Grains.Maps.Data;

/// <summary>What came of asking a source for a map.</summary>
public abstract record MapLoad
{
    private MapLoad()
    {
    }

    /// <param name="Map">Shared with everyone who asks for the same map.</param>
    /// <param name="Warnings">What in the file was passed over and why; at most 20 sentences.</param>
    public sealed record Loaded(MapData Map, ImmutableArray<string> Warnings) : MapLoad;

    /// <summary>There is no map of that name, now.</summary>
    public sealed record Missing(string Reason) : MapLoad;

    /// <summary>There is one, but it cannot be used until its author has changed it.</summary>
    /// <param name="File">The full path.</param>
    /// <param name="Reason">One sentence; begins with the line where there is one.</param>
    public sealed record Refused(string File, string Reason) : MapLoad;
}
