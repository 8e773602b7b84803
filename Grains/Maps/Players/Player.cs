using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Names;
using MmoOrleans.Grains.Maps.Entities;
using MmoOrleans.Grains.Maps.Systems;
using MmoOrleans.Grains.Maps.Warping;

namespace MmoOrleans.Grains.Maps.Players;

/// <summary>One character on the map: who it is, who plays it, and what each rule remembers of it.</summary>
internal sealed class Player(CharacterId character, AccountId account, string name, ReadOnlyMemory<byte> appearance, int entity)
{
    public CharacterId Character => character;

    public AccountId Account => account;

    public string Name => name;

    public string FoldedName { get; } = NameFolding.Fold(name);

    public ReadOnlyMemory<byte> Appearance => appearance;

    public int Entity => entity;

    /// <summary>Its place in the roster's list.</summary>
    public int Index { get; set; }

    public Fence Owner { get; set; }

    public ConnectionId Connection { get; set; }

    public PlayerState State { get; set; }

    /// <summary>When it loses its place: as accepted if it never gets ready, as lingering when its grace is over.</summary>
    public DateTimeOffset Deadline { get; set; }

    /// <summary>Whether it has an entity that others see. Once so, until it leaves.</summary>
    public bool IsVisible { get; set; }

    public Spot Spot { get; set; }

    public byte Heading { get; set; }

    /// <summary>The game's own, saved with the character.</summary>
    public ReadOnlyMemory<byte> Data { get; set; }

    /// <summary>As its character's record has it, or flood control since.</summary>
    public DateTimeOffset MutedUntil { get; set; }

    /// <summary>
    /// It came back in a gateway's roster, and its character grain has not confirmed it yet: of what is durable only the pose is
    /// known, and nothing else may be saved.
    /// </summary>
    public bool IsUnconfirmed { get; set; }

    public Walker Walker { get; } = new();

    /// <summary>Set while it is on its way to another map: it is seen, and does nothing.</summary>
    public WarpUnderway? Warp { get; set; }

    /// <summary>False from a warp (or an arrival inside of one) until the player has left its area.</summary>
    public bool IsWarpArmed { get; set; } = true;

    /// <summary>The newest event of its gateway's feed when it came: what everybody was told up to there was not for it.</summary>
    public long CameAfterEvent { get; set; }

    /// <summary>It has no position in the global channel, and was not told yet where it begins.</summary>
    public bool IsNewToChat { get; set; }

    /// <summary>
    /// How far it has heard the global channel, when lines are missing: it hears nothing new before it has heard those. Null:
    /// it hears everything.
    /// </summary>
    public Fence? HeardUpTo { get; set; }

    /// <summary>Whether it acts: neither loading, nor lost, nor on its way elsewhere.</summary>
    public bool Plays => State == PlayerState.Present && Warp is null;

    public Pose Pose => new(Spot.Meters, Heading);
}
