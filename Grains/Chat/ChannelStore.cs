using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace MmoOrleans.Grains.Chat;

/// <summary>How a write ended.</summary>
internal enum StoreAnswer
{
    Stored = 0,

    /// <summary>Nothing was changed, or nobody can tell: then the next write looks first.</summary>
    Failed = 1,

    /// <summary>Another activation has taken the channel over.</summary>
    Superseded = 2,
}

/// <summary>
/// A channel's record. A write that fails may still have happened, so the row is read again to learn which it was; if that fails
/// too, the row is read before the next write, which then replaces whatever is there: what was refused must not come back. (It
/// would, if the silo died in between.) No storage exception escapes: it would end the activation.
/// </summary>
/// <remarks>Not <c>IPersistentState</c>: that travels with a channel that Orleans moves when its silo stops, and with it what was refused.</remarks>
internal sealed class ChannelStore(string channel, GrainId grain, IGrainStorage storage, ILogger log)
{
    private const string State = "chat";

    private GrainState<ChatChannelRecord> _row = new(new ChatChannelRecord());

    /// <summary>The row may hold lines that were refused: it is to be written again.</summary>
    internal bool IsUnsure { get; private set; }

    /// <summary>What is known to be stored, or was read last.</summary>
    internal ChatChannelRecord Record => _row.State!;

    /// <summary>Reads the row before anything else.</summary>
    /// <exception cref="OrleansException">It cannot be read: callers know that, but not what a storage throws.</exception>
    internal async Task Load()
    {
        if (!await Read()) throw new OrleansException($"The record of {channel} cannot be read.");
    }

    /// <summary>Reads the row again if it is not known what it holds: whoever makes a new record of <see cref="Record"/> asks first.</summary>
    internal async Task<bool> IsKnown() => !IsUnsure || await Read();

    internal async Task<StoreAnswer> Write(ChatChannelRecord record)
    {
        if (!await IsKnown()) return StoreAnswer.Failed;
        if (IsSuperseded(record)) return StoreAnswer.Superseded;
        try
        {
            var row = new GrainState<ChatChannelRecord>(record, _row.ETag) { RecordExists = _row.RecordExists };
            await storage.WriteStateAsync(State, grain, row);
            _row = row;
            return StoreAnswer.Stored;
        }
        catch (Exception failure)
        {
            log.StoreFailed(failure, channel);
            return await Settle(record);
        }
    }

    private async Task<StoreAnswer> Settle(ChatChannelRecord record)
    {
        if (!await Read()) return StoreAnswer.Failed;
        if (IsSuperseded(record)) return StoreAnswer.Superseded;
        var isThere = Record.ClaimedBy == record.ClaimedBy && Record.Incarnation == record.Incarnation && Record.Lines.SequenceEqual(record.Lines);
        return isThere ? StoreAnswer.Stored : StoreAnswer.Failed;
    }

    private async Task<bool> Read()
    {
        IsUnsure = true;
        try
        {
            var row = new GrainState<ChatChannelRecord>(new ChatChannelRecord());
            await storage.ReadStateAsync(State, grain, row);
            (_row, IsUnsure) = (row, false);
            return true;
        }
        catch (Exception failure)
        {
            log.StoreFailed(failure, channel);
            return false;
        }
    }

    private bool IsSuperseded(ChatChannelRecord record) => Record.ClaimedBy != record.ClaimedBy && Record.Incarnation >= record.Incarnation;
}
