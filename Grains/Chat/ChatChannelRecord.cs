using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.Grains.Storage;

namespace MmoOrleans.Grains.Chat;

/// <summary>What is stored of a chat channel: who may write it, where it stands, and the tail of its lines.</summary>
[StoredRecord(1)]
public sealed record ChatChannelRecord
{
    /// <summary>How often the channel changed hands.</summary>
    public long Incarnation { get; init; }

    /// <summary>The activation that claimed the incarnation: tells one's own write, whose answer was lost, from another's.</summary>
    public Guid ClaimedBy { get; init; }

    /// <summary>The position of the last line.</summary>
    public Fence Head { get; init; }

    public ImmutableArray<ChatLine> Lines { get; init; } = [];
}
