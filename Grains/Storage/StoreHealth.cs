namespace MmoOrleans.Grains.Storage;

/// <summary>
/// What this silo's calls to the store have come to, whoever made them. While it fails, a record asks a question before it writes: a write
/// that is never sent has a known outcome, one that fails under way has not.
/// </summary>
internal sealed class StoreHealth
{
    /// <summary>One write that hangs may wait for a lock of its row; two are the store.</summary>
    private const int FewestHanging = 2;

    private readonly Lock _gate = new();
    private readonly SpareThreads _threads = new();
    private volatile bool _isFailing;
    private int _hanging;
    private Task<bool>? _question;

    /// <summary>The last call failed, or had no answer for too long.</summary>
    public bool IsFailing => _isFailing;

    /// <summary>Writes are not answered, though questions may be: a disk that is full or stalls. It ends when those that hang do.</summary>
    public bool WritesHang => Volatile.Read(ref _hanging) >= FewestHanging;

    public void Note(bool failed)
    {
        if (_isFailing != failed)
            _isFailing = failed;
    }

    /// <summary>A call has had no answer for too long. What comes of it is noted, though its grain may have given it up by then.</summary>
    public void Suspect(Task call, bool isWrite)
    {
        Note(failed: true);
        _threads.Add();
        if (isWrite)
            Interlocked.Increment(ref _hanging);
        call.ContinueWith(
            ended =>
            {
                _threads.Remove();
                if (isWrite)
                    Interlocked.Decrement(ref _hanging);
                if (ended.IsCompletedSuccessfully)
                    Note(failed: false);
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Ignore();
    }

    /// <summary>Whether the store answers, by one question for all who want to know. It is no grain's: the one that asked may be gone before it ends.</summary>
    public Task<bool> Answers(Func<Task<bool>> question)
    {
        lock (_gate)
        {
            if (_question is not { IsCompleted: false })
                _question = Task.Run(question);
            return _question;
        }
    }
}
