namespace MmoOrleans.Protocol;

/// <summary>The versions of the protocol that this build speaks. Hello and Welcome agree on one of them.</summary>
public static class ProtocolVersion
{
    /// <summary>The oldest version that is still spoken.</summary>
    public const uint Min = 1;

    /// <summary>The newest version. It grows only when an old peer could misunderstand a new one; new fields and commands do not raise it.</summary>
    public const uint Max = 1;

    /// <summary>The newest version that both sides speak, or 0 when there is none.</summary>
    public static uint Agree(uint peerMin, uint peerMax)
    {
        var newest = Math.Min(Max, peerMax);
        return newest >= Math.Max(Min, peerMin) ? newest : 0;
    }
}
