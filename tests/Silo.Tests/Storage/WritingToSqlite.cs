using Microsoft.Extensions.Time.Testing;
using MmoOrleans.Grains.Tests.Storage;
using MmoOrleans.Silo.Storage;
using MmoOrleans.Silo.Storage.Sqlite;
using Orleans.Storage;

namespace MmoOrleans.Silo.Tests.Storage;

public sealed class WritingToSqlite : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly FakeTimeProvider _time = new();
    private readonly SqliteWriter _writer;

    public WritingToSqlite() => _writer = new SqliteWriter(_time);

    public void Dispose() => _writer.Dispose();

    [Fact]
    public async Task Writes_are_done_one_at_a_time_in_their_order_on_one_thread()
    {
        var done = new List<(int Number, int Thread)>();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => _writer.Do(() =>
        {
            done.Add((number, Environment.CurrentManagedThreadId));
            return Task.CompletedTask;
        }))).WaitAsync(Patience);
        Assert.Equal(Enumerable.Range(0, 100), done.Select(write => write.Number));
        Assert.Single(done.Select(write => write.Thread).Distinct());
    }

    [Fact]
    public async Task A_write_that_throws_reaches_its_caller_and_the_next_is_done()
    {
        await Assert.ThrowsAsync<IOException>(() => _writer.Do(() => throw new IOException("at once")));
        await Assert.ThrowsAsync<IOException>(() => _writer.Do(() => Task.FromException(new IOException("in the task"))));
        await _writer.Do(() => Task.CompletedTask).WaitAsync(Patience);
    }

    [Fact]
    public async Task A_write_that_waited_too_long_fails_untried()
    {
        using var gate = new SemaphoreSlim(0);
        var tried = false;
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var slow = _writer.Do(() =>
        {
            begun.SetResult();
            return gate.WaitAsync(Patience);
        });
        await begun.Task.WaitAsync(Patience);
        var late = _writer.Do(() =>
        {
            tried = true;
            return Task.CompletedTask;
        });
        _time.Advance(SqliteWriter.MaxWait + TimeSpan.FromMilliseconds(1));
        gate.Release();
        await slow.WaitAsync(Patience);
        await Assert.ThrowsAsync<TimeoutException>(() => late.WaitAsync(Patience));
        Assert.False(tried);
        await _writer.Do(() => Task.CompletedTask).WaitAsync(Patience);
    }

    [Fact]
    public async Task Closing_does_what_still_waits()
    {
        using var gate = new SemaphoreSlim(0);
        var writer = new SqliteWriter(_time);
        var first = writer.Do(() => gate.WaitAsync(Patience));
        var second = writer.Do(() => Task.CompletedTask);
        var closing = Task.Run(writer.Dispose);
        gate.Release();
        await Task.WhenAll(first, second, closing).WaitAsync(Patience);
    }

    [Fact]
    public async Task What_changes_in_the_grain_while_its_write_waits_is_not_written()
    {
        using var gate = new SemaphoreSlim(0);
        var rows = new RowsSeen();
        var state = new GrainState<KeptText> { State = new KeptText { Text = "as it was" } };
        var held = _writer.Do(() => gate.WaitAsync(Patience));
        var writing = new RowStorage(new SqliteTurns(rows, _writer)).WriteStateAsync("keeper", GrainId.Create("tests-keeper", "keeper:1"), state);
        state.State.Text = "changed by a call in between";
        gate.Release();
        await Task.WhenAll(held, writing).WaitAsync(Patience);
        Assert.Equal("""{"v":1,"data":{"text":"as it was"}}""", Assert.Single(rows.Written));
    }

    private sealed class RowsSeen : IGrainStorage
    {
        private readonly RowSerializer _serializer = new();

        internal List<string> Written { get; } = [];

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            Written.Add(_serializer.Serialize(grainState.State).ToString());
            return Task.CompletedTask;
        }

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();
    }
}
