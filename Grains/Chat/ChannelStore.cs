using Microsoft.Extensions.Logging;

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
internal sealed class ChannelStore(string channel, IPersistentState<ChatChannelRecord> stored, ILogger log)
{
    /// <summary>The row may hold lines that were refused: it is to be written again.</summary>
    internal bool IsUnsure { get; private set; }

    /// <summary>What is known to be stored, or was read last.</summary>
    internal ChatChannelRecord Record { get; private set; } = stored.State;

    internal async Task<StoreAnswer> Write(ChatChannelRecord record)
    {
        if (IsUnsure && !await Read()) return StoreAnswer.Failed;
        if (IsSuperseded(record)) return StoreAnswer.Superseded;
        try
        {
            stored.State = record;
            await stored.WriteStateAsync();
            Record = record;
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
            await stored.ReadStateAsync();
        }
        catch (Exception failure)
        {
            log.StoreFailed(failure, channel);
            return false;
        }
        (Record, IsUnsure) = (stored.State, false);
        return true;
    }

    private bool IsSuperseded(ChatChannelRecord record) => Record.ClaimedBy != record.ClaimedBy && Record.Incarnation >= record.Incarnation;
}
