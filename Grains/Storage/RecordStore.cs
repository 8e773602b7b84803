using Microsoft.Extensions.Logging;
using MmoOrleans.GrainInterfaces;
using Orleans.Storage;

namespace MmoOrleans.Grains.Storage;

/// <summary>
/// One grain's durable record, an immutable object that is replaced as a whole. Nothing is thrown when the store is away, and
/// nothing that was not stored is ever shown: after a write with an unknown outcome the record is read again before anything
/// else, and while the store fails nothing is sent to it before it has answered a question (<see cref="StoreHealth"/>). A write that loses to another activation deactivates this one. Reads and writes take turns, also between calls that
/// interleave, and a rule is asked right before its write, so nothing changes between the check and the write.
/// </summary>
/// <remarks>For one grain: it relies on the grain's scheduler to run one thing at a time.</remarks>
internal sealed partial class RecordStore<T>(IGrainStorage storage, string name, IGrainContext grain, StoreHealth health, TimeProvider time, ILogger log)
    where T : class, new()
{
    /// <summary>A store that takes longer counts as failed, so that a grain never hangs on it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// After this a store that does not answer counts as failing for everybody else, and no question to a failing one is waited for longer:
    /// whoever asks a grain what it could not write waits two seconds for it.
    /// </summary>
    private static readonly TimeSpan Suspicion = TimeSpan.FromSeconds(1);

    /// <summary>When to come back, told to those who are refused because the store is away.</summary>
    private static readonly TimeSpan ComeBack = TimeSpan.FromSeconds(1);

    private static readonly Refusal IsAway = Refusal.For(RefusalCode.ServiceNotAvailable, ComeBack);

    private GrainState<T> _row = new(new T());
    private bool _known;
    private Task _turn = Task.CompletedTask;

    /// <summary>The record as it is stored; an empty one when nothing is. Call <see cref="Load"/> first.</summary>
    public T Record => Known.State!;

    /// <summary>Whether anything is stored. Call <see cref="Load"/> first.</summary>
    public bool Exists => Known.RecordExists;

    /// <summary>The refusal of a grain that cannot reach its record.</summary>
    public Refusal Away => IsAway;

    private GrainState<T> Known => _known ? _row : throw new InvalidOperationException($"The record {name} of {grain.GrainId} is not loaded.");

    /// <summary>Reads the record unless it is known. False: the store is away.</summary>
    public Task<bool> Load() => InTurn(Read);

    /// <summary>Reads the record, also when it is known: another activation may have written it since. False: the store is away, and what was known still is.</summary>
    public Task<bool> LoadAgain() => InTurn(async () =>
    {
        var known = _known;
        _known = false;
        var isRead = await Read();
        _known |= known;
        return isRead;
    });

    /// <summary>Whether anything can be written, as far as that is known. False: the store fails, and does not answer now.</summary>
    public Task<bool> Answers() => InTurn(IsAnswering);

    /// <summary>Replaces the record.</summary>
    public Task<WriteOutcome> Write(T next) => InTurn(async () => await Read() ? await Put(next) : WriteOutcome.NotTried);

    /// <summary>Removes the record.</summary>
    public Task<WriteOutcome> Clear() => InTurn(async () => await Read() ? await Remove() : WriteOutcome.NotTried);

    /// <summary>
    /// Asks the rule what the record should become and writes that. The rule's own refusal is passed on; the same record again
    /// is no write.
    /// </summary>
    /// <param name="done">
    /// Recognises a record that this change has made: when the store failed but had written all the same, the change is granted.
    /// </param>
    public Task<Answer<T>> Change(Func<T, Answer<T>> rule, Func<T, bool>? done = null) => InTurn(async () =>
    {
        if (!await Read())
            return Answer.Refuse<T>(Away);
        var answer = rule(_row.State!);
        if (!answer.TryGet(out var next, out _) || ReferenceEquals(next, _row.State))
            return answer;
        var written = await Put(next) == WriteOutcome.Written || (done is not null && await Read() && done(_row.State!));
        return written ? Answer.Of(_row.State!) : Answer.Refuse<T>(Away);
    });

    private async Task<TResult> InTurn<TResult>(Func<Task<TResult>> work)
    {
        while (!_turn.IsCompleted)
            await _turn;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _turn = done.Task;
        try
        {
            return await work();
        }
        finally
        {
            done.SetResult();
        }
    }

    private async Task<bool> Read()
    {
        if (_known)
            return true;
        var row = new GrainState<T>(new T());
        if ((health.IsFailing && !await health.Answers(Ask)) || await Try(() => ReadInto(row), Patience, isWrite: false) != WriteOutcome.Written)
            return false;
        (_row, _known) = (row, true);
        return true;
    }

    private Task<WriteOutcome> Put(T next)
    {
        var row = new GrainState<T>(next, _row.ETag) { RecordExists = _row.RecordExists };
        return Replace(row, () => storage.WriteStateAsync(name, grain.GrainId, row));
    }

    private Task<WriteOutcome> Remove()
    {
        var row = new GrainState<T>(new T(), _row.ETag) { RecordExists = _row.RecordExists };
        return Replace(row, () => storage.ClearStateAsync(name, grain.GrainId, row));
    }

    private async Task<WriteOutcome> Replace(GrainState<T> row, Func<Task> write)
    {
        if (!await IsAnswering())
            return WriteOutcome.NotTried;
        _known = false;
        var outcome = await Try(write, Patience, isWrite: true);
        if (outcome == WriteOutcome.Written)
            (_row, _known) = (row, true);
        return outcome;
    }

    private async Task<bool> IsAnswering() => !health.WritesHang && (!health.IsFailing || await health.Answers(Ask));

    /// <summary>What it answers is not looked at: a record that was written by another is noticed by the write.</summary>
    private async Task<bool> Ask() => await Try(() => ReadInto(new GrainState<T>(new T())), Suspicion, isWrite: false) == WriteOutcome.Written;

    private Task ReadInto(GrainState<T> row) => storage.ReadStateAsync(name, grain.GrainId, row);

    private async Task<WriteOutcome> Try(Func<Task> use, TimeSpan patience, bool isWrite)
    {
        try
        {
            await Wait(use(), patience, isWrite);
            health.Note(failed: false);
            return WriteOutcome.Written;
        }
        catch (InconsistentStateException lost)
        {
            LogLost(log, name, grain.GrainId, lost);
            grain.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "Another activation has written the record."));
            return WriteOutcome.Conflict;
        }
        catch (Exception failure)
        {
            // A store may throw anything. Whatever it is, the caller is refused and the reason is logged here.
            health.Note(failed: true);
            LogAway(log, name, grain.GrainId, failure);
            return WriteOutcome.Failed;
        }
    }

    /// <summary>Others need not wait as long to learn that the store does not answer.</summary>
    private async Task Wait(Task use, TimeSpan patience, bool isWrite)
    {
        try
        {
            await use.WaitAsync(Suspicion, time);
        }
        catch (TimeoutException) when (!use.IsFaulted)
        {
            if (!use.IsCompleted)
                health.Suspect(use, isWrite);
            await use.WaitAsync(patience - Suspicion, time); // Of one that has ended meanwhile the outcome counts, not the time.
        }
    }

    [LoggerMessage(3280, LogLevel.Warning, "Record {Name} of {Grain} was written by another activation; this one stops")]
    private static partial void LogLost(ILogger log, string name, GrainId grain, Exception lost);

    [LoggerMessage(3281, LogLevel.Error, "The store failed on record {Name} of {Grain}")]
    private static partial void LogAway(ILogger log, string name, GrainId grain, Exception failure);
}
