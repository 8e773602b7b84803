using Microsoft.Extensions.Logging;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Storage;

namespace MmoOrleans.Grains.Characters;

/// <remarks>A map that calls is never called back from here: it may be waiting.</remarks>
internal sealed partial class CharacterGrain
{
    public async Task<SaveAnswer> Save(CharacterImage image)
    {
        if (!await Load()) return SaveAnswer.Failed;
        if (!_store.Exists) return SaveAnswer.Stale;
        var standing = CharacterImages.Judge(Record, _owner, image);
        if (standing == ImageStanding.Stale) return SaveAnswer.Stale;
        _isUnheard = false;
        return standing == ImageStanding.Known || await Keep(image) ? SaveAnswer.Saved : SaveAnswer.Failed;
    }

    public async Task<AttachAnswer> Attach(Fence owner, Fence map)
    {
        if (!await Load()) return new AttachAnswer(SaveAnswer.Failed);
        if (!_store.Exists || !_owner.Is(owner, Record) || !_owner.IsOn(map)) return new AttachAnswer(SaveAnswer.Stale, Moved: TicketAfterWarp(owner));
        _owner.Attach(map);
        _isUnheard = false;
        return new AttachAnswer(SaveAnswer.Saved, Record.ToImage(Id));
    }

    public async Task<WarpAnswer> Warp(WarpOrder order)
    {
        if (!await Load()) return new WarpUntried(_store.Away);
        if (!_store.Exists) return new WarpStale();
        if (Record.LastWarp is { } last && last.Id == order.WarpId) return await Repeat(order, last);
        if (_denied is var (denied, because) && denied == order.WarpId) return new WarpDenied(because);
        var from = order.Image.Stamp;
        if (!_owner.Is(from.Owner, Record) || !_owner.IsOn(from.Map)) return new WarpStale();
        _isUnheard = false;
        if (!await _store.Answers()) return new WarpUntried(_store.Away); // Before a map is asked: the answer is waited for.
        var seat = await _seats.Ask(Id, order.Destination, _options.WarpDeadline);
        return seat.TryGet(out var address, out var why) ? await Move(order, address) : await Deny(order, why);
    }

    /// <summary>A write of an earlier try may still hang in the store. The same record written again leaves it no version to replace.</summary>
    private async Task<WarpAnswer> Deny(WarpOrder order, Refusal why)
    {
        var outcome = order.MayBeWritten ? await Write(Record) : WriteOutcome.Written;
        if (outcome == WriteOutcome.NotTried) return new WarpUntried(_store.Away);
        if (outcome != WriteOutcome.Written) return new WarpUnknown();
        _denied = (order.WarpId, why);
        return new WarpDenied(why);
    }

    /// <summary>For the client of the owner that warped, if the map died that was to give it its ticket and nobody has taken the character since.</summary>
    private MapTicket? TicketAfterWarp(Fence owner) =>
        _store.Exists && Record.LastWarp is { } last && last.Owner == owner.Next() && _owner.Is(last.Owner, Record)
            ? Ticket(Record.Map!.Value, MapAddress.Unknown)
            : null;

    private async Task<bool> Keep(CharacterImage image)
    {
        var owner = _owner.Claimed ? _owner.Current : image.Stamp.Owner;
        return await Write(CharacterImages.Apply(Record, image), owner, _passes!) == WriteOutcome.Written;
    }

    /// <summary>
    /// The change of hands, in one write: before it the character is on the one map, after it on the other. The stamp rises above
    /// everything that the old map may still save.
    /// </summary>
    private async Task<WarpAnswer> Move(WarpOrder order, MapAddress address)
    {
        var next = _owner.Next(Record);
        var moved = await Raise(EntryPasses.None, record => CharacterImages.Apply(record, order.Image) with
        {
            Map = order.Destination,
            Pose = StoredPose.Of(order.Arrival),
            Stamp = new Stamp(next, Fence.None, 0),
            LastWarp = new CommittedWarp(order.WarpId, next),
        });
        if (moved == WriteOutcome.NotTried) return new WarpUntried(_store.Away);
        if (moved != WriteOutcome.Written) return new WarpUnknown();
        LogWarped(_log, Id, order.Image.Map, order.Destination);
        return new WarpMoved(Ticket(order.Destination, address));
    }

    /// <summary>
    /// The answer to a warp that was written before was lost: the client still waits for its ticket, if nobody has taken the
    /// character since. The seat is asked for again for its address; without one the map knows its own.
    /// </summary>
    private async Task<WarpAnswer> Repeat(WarpOrder order, CommittedWarp last)
    {
        if (!_owner.Is(last.Owner, Record)) return new WarpStale();
        if (!_owner.Claimed)
        {
            var next = _owner.Next(Record);
            if (await Raise(EntryPasses.None, record => record with { LastWarp = last with { Owner = next } }) != WriteOutcome.Written) return new WarpUnknown();
        }

        var seat = await _seats.Ask(Id, order.Destination, _options.WarpDeadline);
        return new WarpMoved(Ticket(order.Destination, seat.TryGet(out var address, out _) ? address : MapAddress.Unknown));
    }

    [LoggerMessage(1603, LogLevel.Debug, "Character {Character} warped from {From} to {To}")]
    private static partial void LogWarped(ILogger log, CharacterId character, MapId from, MapId to);
}
