using Microsoft.Extensions.DependencyInjection;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.Grains.Accounts;
using MmoOrleans.Grains.Accounts.Passwords;
using MmoOrleans.Grains.Tests.Cluster;

namespace MmoOrleans.Grains.Tests.Accounts;

public sealed class CheckingPasswords : IAsyncLifetime
{
    private readonly ClusterClock _time = new();
    private readonly CountedHashing _hashing = new();
    private readonly string _name = Names.New();
    private GrainCluster _cluster = null!;

    private IUsernameGrain Username => _cluster.Grains.GetGrain<IUsernameGrain>(GrainKeys.Username(_name));

    public async ValueTask InitializeAsync() => _cluster = await GrainCluster.Start(options =>
    {
        options.Time = _time;
        options.Silos = 1;
        options.Silo = silo => silo.Services.AddSingleton<IPasswordHashing>(_hashing);
    });

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task An_unknown_name_and_a_wrong_password_are_refused_alike_after_the_same_work()
    {
        var unknown = (await Username.CheckPassword("wrong", "")).Refused(RefusalCode.InvalidUsernameOrPassword);
        Assert.Equal(1, _hashing.Works);
        await Username.Register(new(_name, "secret", ""));
        Assert.Equal(2, _hashing.Works);
        var wrong = (await Username.CheckPassword("wrong", "")).Refused(RefusalCode.InvalidUsernameOrPassword);
        Assert.Equal(3, _hashing.Works);
        Assert.Equal(unknown, wrong);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_five_failures_nothing_is_hashed_until_the_oldest_is_a_minute_old(bool registered)
    {
        if (registered) await Username.Register(new(_name, "secret", ""));
        for (var guess = 0; guess < 5; guess++)
        {
            (await Username.CheckPassword("wrong", "")).Refused(RefusalCode.InvalidUsernameOrPassword);
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        var works = _hashing.Works;
        Assert.Equal(TimeSpan.FromSeconds(10), (await Username.CheckPassword("secret", "")).Refused(RefusalCode.RateLimited).RetryAfter);
        Assert.Equal(works, _hashing.Works);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(registered, await Username.CheckPassword("secret", "") is Granted<AccountId>);
    }

    [Fact]
    public async Task Guesses_at_once_are_limited_like_guesses_one_by_one()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(guess => Username.CheckPassword($"guess {guess}", "")));
        Assert.Equal(25, answers.OfType<Denied<AccountId>>().Count(denied => denied.Why.Code == RefusalCode.RateLimited));
        Assert.Equal(5, _hashing.Works);
    }

    [Fact]
    public async Task Right_passwords_are_not_limited()
    {
        await Username.Register(new(_name, "secret", ""));
        for (var login = 0; login < 10; login++) (await Username.CheckPassword("secret", "")).Value();
    }

    [Fact]
    public async Task A_password_longer_than_any_is_wrong_without_being_hashed()
    {
        (await Username.CheckPassword(new string('x', 100_000), "")).Refused(RefusalCode.InvalidUsernameOrPassword);
        Assert.Equal(0, _hashing.Works);
    }

    [Fact]
    public async Task Too_many_passwords_in_the_queue_are_busy_and_no_failure()
    {
        await Username.Register(new(_name, "secret", ""));
        _hashing.Busy = TimeSpan.FromSeconds(3);
        for (var login = 0; login < 10; login++)
            Assert.Equal(TimeSpan.FromSeconds(3), (await Username.CheckPassword("wrong", "")).Refused(RefusalCode.ServerBusy).RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(3), (await _cluster.Grains.GetGrain<IUsernameGrain>(GrainKeys.Username(_name + "x"))
            .Register(new(_name + "x", "secret", ""))).Refused(RefusalCode.ServerBusy).RetryAfter);
        _hashing.Busy = null;
        (await Username.CheckPassword("secret", "")).Value();
    }

    [Fact]
    public async Task A_password_stored_with_fewer_rounds_is_stored_anew_at_the_next_login()
    {
        await Username.Register(new(_name, "secret", ""));
        _hashing.RehashNeeded = true;
        var account = (await Username.CheckPassword("secret", "")).Value();
        Assert.Equal(2, _cluster.Storage.Writes(CredentialRecord.State));
        await _cluster.Deactivate(Username);
        _hashing.RehashNeeded = false;
        Assert.Equal(account, (await Username.CheckPassword("secret", "")).Value());
    }

    [Fact]
    public async Task Strangers_cannot_use_up_the_failures_of_a_network_that_has_logged_in_before()
    {
        await Username.Register(new(_name, "secret", ""));
        (await Username.CheckPassword("secret", "home")).Value();
        await _cluster.Deactivate(Username);
        for (var guess = 0; guess < 5; guess++) (await Username.CheckPassword("wrong", $"stranger {guess}")).Refused(RefusalCode.InvalidUsernameOrPassword);
        (await Username.CheckPassword("secret", "elsewhere")).Refused(RefusalCode.RateLimited);
        (await Username.CheckPassword("secret", "home")).Value();
        for (var guess = 0; guess < 5; guess++) (await Username.CheckPassword("wrong", "home")).Refused(RefusalCode.InvalidUsernameOrPassword);
        (await Username.CheckPassword("secret", "home")).Refused(RefusalCode.RateLimited);
    }

    [Fact]
    public async Task A_network_is_written_down_once()
    {
        await Username.Register(new(_name, "secret", ""));
        for (var login = 0; login < 3; login++) (await Username.CheckPassword("secret", "home")).Value();
        Assert.Equal(2, _cluster.Storage.Writes(CredentialRecord.State));
    }

    [Fact]
    public void Eight_networks_are_remembered_the_newest_ones()
    {
        var credential = Enumerable.Range(0, 9).Aggregate(new CredentialRecord(), (record, number) => GuessLines.Known(record, $"network {number}"));
        Assert.Equal(Enumerable.Range(1, 8).Select(number => GuessLines.HashOf($"network {number}", credential)), credential.KnownSources);
        Assert.Same(credential, GuessLines.Known(credential, "network 8"));
    }

    [Fact]
    public async Task The_owner_does_not_wait_for_a_stranger_whose_guess_waits_for_its_hash()
    {
        await Username.Register(new(_name, "secret", ""));
        (await Username.CheckPassword("secret", "home")).Value();
        var hold = _hashing.Hold();
        var stranger = Username.CheckPassword("wrong", "elsewhere");
        await hold.Arrived.Task.WaitAsync(Wait.Long);
        (await Wait.In(Username.CheckPassword("secret", "home"), "the owner's login")).Value();
        hold.Released.SetResult();
        (await stranger).Refused(RefusalCode.InvalidUsernameOrPassword);
    }

    [Fact]
    public async Task A_guess_that_is_called_off_in_the_line_costs_no_hash()
    {
        await Username.Register(new(_name, "secret", ""));
        var hold = _hashing.Hold();
        var first = Username.CheckPassword("secret", "");
        await hold.Arrived.Task.WaitAsync(Wait.Long);
        var works = _hashing.Works;
        using var patience = new CancellationTokenSource();
        var second = Username.CheckPassword("secret", "", patience.Token);
        await _cluster.CallOff(second, patience, Username);
        hold.Released.SetResult();
        (await first).Value();
        (await Username.CheckPassword("secret", "")).Value();
        Assert.Equal(works + 2, _hashing.Works);
    }

    [Fact]
    public async Task A_line_of_guesses_is_bounded_and_whoever_is_in_it_is_answered_in_turn()
    {
        var line = new GuessLine(5, TimeSpan.FromMinutes(1), _time);
        var first = new TaskCompletionSource<Answer<int>>();
        var waiting = Enumerable.Range(0, GuessLine.MaxWaiting).Select(number => line.Take(() => number == 0 ? first.Task : Task.FromResult(Answer.Of(number)))).ToArray();
        Assert.NotNull((await line.Take(() => Task.FromResult(Answer.Of(-1)))).Refused(RefusalCode.ServerBusy).RetryAfter);
        Assert.DoesNotContain(waiting, guess => guess.IsCompleted);
        first.SetResult(Answer.Of(0));
        Assert.Equal(Enumerable.Range(0, GuessLine.MaxWaiting), (await Task.WhenAll(waiting)).Select(answer => answer.Value()));
    }

    /// <summary>Hashes at once, counts the work, and is as busy as the test wants.</summary>
    private sealed class CountedHashing : IPasswordHashing
    {
        private int _works;
        private Held? _hold;

        internal int Works => Volatile.Read(ref _works);

        internal TimeSpan? Busy { get; set; }

        internal bool RehashNeeded { get; set; }

        public Task<PasswordHashed> Hash(string password, CancellationToken cancellation) =>
            Task.FromResult<PasswordHashed>(Busy is { } wait ? new PasswordHashed.Busy(wait) : new PasswordHashed.Hashed($"{Work()}:{password}"));

        public async Task<PasswordVerified> Verify(string password, string hash, CancellationToken cancellation)
        {
            if (Interlocked.Exchange(ref _hold, null) is { } hold)
            {
                hold.Arrived.SetResult();
                await hold.Released.Task;
            }

            return Busy is { } wait ? new PasswordVerified.Busy(wait) : Compared(hash[(hash.IndexOf(':', StringComparison.Ordinal) + 1)..] == password);
        }

        public Task<PasswordVerified> VerifyNothing(string password, CancellationToken cancellation) =>
            Task.FromResult<PasswordVerified>(Busy is { } wait ? new PasswordVerified.Busy(wait) : Compared(false));

        /// <summary>The next comparison waits.</summary>
        internal (TaskCompletionSource Arrived, TaskCompletionSource Released) Hold()
        {
            var hold = new Held(new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));
            Volatile.Write(ref _hold, hold);
            return (hold.Arrived, hold.Released);
        }

        private PasswordVerified.Verified Compared(bool right)
        {
            Work();
            return new(right, right && RehashNeeded);
        }

        private int Work() => Interlocked.Increment(ref _works);

        private sealed record Held(TaskCompletionSource Arrived, TaskCompletionSource Released);
    }
}
