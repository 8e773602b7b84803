using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Gateway.Databases;

namespace MmoOrleans.Gateway.Tests.Databases;

public class WaitingForADatabase
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeDatabase _database = new();
    private readonly FakePreparation _preparation = new();

    [Fact]
    public async Task A_database_that_is_there_is_prepared_and_used()
    {
        await Start(TimeSpan.Zero).WaitAsync(Patience);
        Assert.Equal((1, 1), (_database.Tries, _preparation.Tries));
    }

    [Fact]
    public async Task The_pauses_between_tries_grow_to_five_seconds()
    {
        _database.Failures = 7;
        var start = Start(TimeSpan.FromSeconds(60));
        var pauses = new List<double>();
        for (var (pause, tries) = (0.25, 1); !start.IsCompleted; pause += 0.25)
        {
            _time.Advance(TimeSpan.FromSeconds(0.25));
            if (_database.Tries == tries)
                continue;
            pauses.Add(pause);
            (pause, tries) = (0, _database.Tries);
        }
        await start;
        Assert.Equal([0.25, 0.5, 1, 2, 4, 5, 5], pauses);
    }

    [Fact]
    public async Task When_its_time_is_over_the_setting_is_named()
    {
        _database.Failures = int.MaxValue;
        var start = Start(TimeSpan.FromSeconds(2));
        while (!start.IsCompleted)
            _time.Advance(TimeSpan.FromSeconds(0.25));
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => start);
        Assert.Equal("connectionString: Fake at db1 sleeps after 2 s (databaseWaitSeconds).", failure.Message);
    }

    [Fact]
    public async Task What_waiting_cannot_mend_is_not_waited_for()
    {
        (_database.Failures, _database.MayPass) = (1, false);
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => Start(TimeSpan.FromSeconds(60)).WaitAsync(Patience));
        Assert.Equal("connectionString: Fake at db1 sleeps.", failure.Message);
        Assert.Equal((1, 0), (_database.Tries, _preparation.Tries));
    }

    [Fact]
    public async Task A_preparation_that_loses_the_database_is_done_again()
    {
        _preparation.Failures = 1;
        var start = Start(TimeSpan.FromSeconds(60));
        _time.Advance(TimeSpan.FromSeconds(0.25));
        await start.WaitAsync(Patience);
        Assert.Equal((2, 2), (_database.Tries, _preparation.Tries));
    }

    [Fact]
    public async Task A_start_that_is_given_up_ends_the_waiting()
    {
        _database.Failures = int.MaxValue;
        using var stop = new CancellationTokenSource();
        var start = Start(TimeSpan.FromSeconds(60), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start.WaitAsync(Patience));
    }

    private static TimeSpan Patience => TimeSpan.FromSeconds(20);

    private Task Start(TimeSpan wait, CancellationToken stop = default) =>
        new DatabaseStart(new DatabaseSettings(DatabaseKind.Postgres, "Password=hush", wait), _database, [_preparation], _time, NullLogger<DatabaseStart>.Instance).StartingAsync(stop);

    private sealed class Asleep : Exception;

    private sealed class FakeDatabase : ISharedDatabase
    {
        public int Failures { get; set; }

        public bool MayPass { get; set; } = true;

        public int Tries { get; private set; }

        public string Name => "Fake at db1";

        public Task Reach(CancellationToken cancellation) => ++Tries <= Failures ? throw new Asleep() : Task.CompletedTask;

        public DatabaseTrouble? Explain(Exception failure) => failure is Asleep ? new("sleeps", MayPass) : null;
    }

    private sealed class FakePreparation : IDatabasePreparation
    {
        public int Failures { get; set; }

        public int Tries { get; private set; }

        public Task Prepare(CancellationToken cancellation) => ++Tries <= Failures ? throw new Asleep() : Task.CompletedTask;
    }
}
