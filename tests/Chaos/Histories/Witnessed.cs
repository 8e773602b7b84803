using System.Collections.Immutable;
using System.Numerics;

namespace MmoOrleans.Chaos.Histories;

/// <summary>One thing that somebody outside the servers saw, and when, counted from the beginning of the run.</summary>
/// <param name="Who">The character; empty: the one who runs the test.</param>
public abstract record Witnessed(TimeSpan At, string Who)
{
    /// <summary>For a story in one line.</summary>
    public string Brief => $"{At.TotalSeconds:0.00} {GetType().Name}{(this is Lost lost ? $" {lost.Why}" : this is GaveUp end ? $" {end.Why}" : this is Stood stood ? $" {stood.Map}" : this is Found found ? $" {found.Map}" : "")}";

    /// <summary>An account and its character are asked for.</summary>
    public sealed record Asked(TimeSpan At, string Who) : Witnessed(At, Who);

    /// <summary>The server said that they are made.</summary>
    public sealed record Made(TimeSpan At, string Who) : Witnessed(At, Who);

    /// <summary>The server did not make them, or did not say so.</summary>
    public sealed record Failed(TimeSpan At, string Who) : Witnessed(At, Who);

    /// <summary>The server said that the account has another character, of a name that others want as well.</summary>
    public sealed record Named(TimeSpan At, string Who, string Name) : Witnessed(At, Who);

    /// <summary>At the very end: where the character stands when somebody enters with it.</summary>
    public sealed record Found(TimeSpan At, string Who, string Map, Vector3 Position) : Witnessed(At, Who);

    /// <summary>At the very end: why the account does not log in or its character is not there; null: all is well.</summary>
    public sealed record Sought(TimeSpan At, string Who, string? Missing) : Witnessed(At, Who);

    /// <summary>The character stands on a map: entered, warped or resumed.</summary>
    public sealed record Stood(TimeSpan At, string Who, string Map, Vector3 Position) : Witnessed(At, Who);

    /// <summary>A move left the client.</summary>
    public sealed record Moved(TimeSpan At, string Who, string Map, Vector3 Position) : Witnessed(At, Who);

    /// <summary>The server said that a move is part of its state.</summary>
    public sealed record Acknowledged(TimeSpan At, string Who, string Map, Vector3 Position) : Witnessed(At, Who);

    /// <summary>The server put the character elsewhere on its map.</summary>
    public sealed record Put(TimeSpan At, string Who, string Map, Vector3 Position) : Witnessed(At, Who);

    /// <summary>The character is on its way to another map.</summary>
    public sealed record Warping(TimeSpan At, string Who) : Witnessed(At, Who);

    /// <summary>The connection is gone, and not for a warp.</summary>
    /// <param name="Port">Of the gateway at the other end.</param>
    public sealed record Lost(TimeSpan At, string Who, int Port, string Why) : Witnessed(At, Who);

    /// <summary>The client has given up: it does not come back by itself.</summary>
    public sealed record GaveUp(TimeSpan At, string Who, string Why) : Witnessed(At, Who);

    /// <summary>These others were in view, in a frame that had just come.</summary>
    public sealed record Sighted(TimeSpan At, string Who, string Map, ImmutableArray<string> Others) : Witnessed(At, Who);

    /// <summary>The server said that a line to everybody is accepted. <paramref name="SentAt"/>: when it was sent off.</summary>
    public sealed record Said(TimeSpan At, string Who, int Number, TimeSpan SentAt) : Witnessed(At, Who);

    /// <summary>A line to everybody was heard.</summary>
    public sealed record Heard(TimeSpan At, string Who, string From, int Number) : Witnessed(At, Who);

    /// <summary>Something was broken on purpose. <paramref name="IsPlanned"/>: as an operator does it, so that nothing may be lost.</summary>
    public sealed record Fault(TimeSpan At, string What, bool IsPlanned) : Witnessed(At, "");
}
