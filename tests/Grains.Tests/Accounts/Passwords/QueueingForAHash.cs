using Microsoft.Extensions.Time.Testing;
using MmoOrleans.Grains.Accounts.Passwords;
using MmoOrleans.Grains.Tests.Cluster;

namespace MmoOrleans.Grains.Tests.Accounts.Passwords;

public sealed class QueueingForAHash : IDisposable
{
    private readonly GatedAlgorithm _algorithm = new();
    private readonly FakeTimeProvider _time = new();
    private readonly PasswordHashing _hashing;

    public QueueingForAHash() =>
        _hashing = new(_algorithm, new PasswordOptions { Workers = 2, MaxWaiting = 3 }, _time);

    public void Dispose()
    {
        _algorithm.Let(100);
        _hashing.Dispose();
    }

    [Fact]
    public async Task As_many_as_there_are_workers_are_hashed_at_once_and_the_next_wait()
    {
        var asked = Ask(4);
        await _algorithm.UntilBegun(2);
        Assert.Equal(2, _hashing.Waiting);
        _algorithm.Let(4);
        var answers = await Task.WhenAll(asked);
        Assert.Equal(["hash of 0", "hash of 1", "hash of 2", "hash of 3"], answers.Select(answer => Assert.IsType<PasswordHashed.Hashed>(answer).Text));
    }

    [Fact]
    public async Task One_more_than_may_wait_is_told_when_to_come_back()
    {
        var asked = await FillUp();
        // Three wait, two are at work, each takes the first guess of 200 ms, two at a time.
        Assert.Equal(new PasswordHashed.Busy(TimeSpan.FromMilliseconds(500)), await _hashing.Hash("too many"));
        _algorithm.Let(5);
        await Task.WhenAll(asked);
        Assert.DoesNotContain("too many", _algorithm.Passwords);
    }

    [Fact]
    public async Task A_login_goes_before_registrations_that_came_first_and_is_refused_for_logins_alone()
    {
        var registrations = await FillUp();
        var logins = Enumerable.Range(0, 3).Select(number => _hashing.VerifyNothing($"login {number}")).ToList();
        Assert.IsType<PasswordVerified.Busy>(await _hashing.Verify("one login too many", ""));
        _algorithm.Let(8);
        await Task.WhenAll([.. registrations, .. logins]);
        // Two threads: what one of them begins earlier may be noted later.
        Assert.Superset(new HashSet<string> { "login 0", "login 1", "login 2" }, _algorithm.Passwords.Skip(2).Take(5).ToHashSet());
    }

    [Fact]
    public async Task There_is_room_again_once_one_is_done()
    {
        var asked = await FillUp();
        _algorithm.Let();
        await _algorithm.UntilBegun();
        var next = _hashing.Hash("next");
        Assert.False(next.IsCompleted);
        _algorithm.Let(5);
        Assert.Equal(new PasswordHashed.Hashed("hash of next"), await next);
        await Task.WhenAll(asked);
    }

    [Fact]
    public async Task The_time_to_come_back_follows_what_hashes_have_taken()
    {
        _algorithm.Meanwhile = _ => _time.Advance(TimeSpan.FromSeconds(1));
        var first = _hashing.Hash("slow");
        _algorithm.Let();
        await first;
        await _algorithm.UntilBegun();
        await Wait.Until(() => _hashing.IsIdle, "the worker to have measured its work");
        _ = await FillUp();
        var busy = Assert.IsType<PasswordHashed.Busy>(await _hashing.Hash("too many"));
        Assert.Equal(TimeSpan.FromMilliseconds(750), busy.RetryAfter);
    }

    [Fact]
    public async Task What_would_wait_longer_than_its_caller_does_is_refused_at_once_with_the_time_of_the_queue()
    {
        using var hashing = await SlowedDown(TimeSpan.FromSeconds(8)); // Usual from here on: 0.2 s + (8 s - 0.2 s) / 8.
        var asked = new[] { hashing.Hash("at work"), hashing.Hash("waits"), hashing.Hash("waits too") };
        await _algorithm.UntilBegun();
        Assert.Equal(new PasswordHashed.Busy(TimeSpan.FromSeconds(3.525)), await hashing.Hash("too late"));
        _algorithm.Let(3);
        Assert.All(await Task.WhenAll(asked), answer => Assert.IsType<PasswordHashed.Hashed>(answer));
        Assert.DoesNotContain("too late", _algorithm.Passwords);
    }

    [Fact]
    public async Task An_idle_worker_takes_a_password_however_long_hashes_have_taken()
    {
        using var hashing = await SlowedDown(TimeSpan.FromMinutes(5));
        _algorithm.Let();
        Assert.IsType<PasswordHashed.Hashed>(await hashing.Hash("alone"));
    }

    [Fact]
    public async Task A_password_that_has_waited_twice_as_long_as_it_may_is_not_hashed_any_more()
    {
        var busy = Ask(2);
        await _algorithm.UntilBegun(2);
        var forgotten = _hashing.Hash("forgotten");
        _time.Advance(TimeSpan.FromSeconds(6.001));
        _algorithm.Let(2);
        Assert.IsType<PasswordHashed.Busy>(await forgotten);
        await Task.WhenAll(busy);
        Assert.DoesNotContain("forgotten", _algorithm.Passwords);
    }

    [Fact]
    public async Task The_time_to_come_back_grows_with_the_queue()
    {
        using var queue = new HashingQueue(workers: 1, maxWaiting: 64, TimeSpan.FromSeconds(3), _time);
        var asked = new List<Task<string?>>();
        for (var length = 1; length <= 3; length++)
        {
            asked.Add(queue.Run(() => _algorithm.Hash("any"), urgent: false, default));
            Assert.Equal(TimeSpan.FromMilliseconds(200 * length), queue.Backlog);
        }

        _algorithm.Let(3);
        await Task.WhenAll(asked);
    }

    [Fact]
    public async Task Who_gives_up_while_waiting_leaves_the_place_to_another()
    {
        var busy = Ask(2);
        await _algorithm.UntilBegun(2);
        using var cancellation = new CancellationTokenSource();
        var patient = _hashing.Hash("patient");
        var impatient = _hashing.Hash("impatient", cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.Equal(1, _hashing.Waiting);
        _algorithm.Let(3);
        Assert.Equal(new PasswordHashed.Hashed("hash of patient"), await patient);
        await Task.WhenAll(busy);
        Assert.DoesNotContain("impatient", _algorithm.Passwords);
    }

    [Fact]
    public async Task Who_gives_up_once_it_is_being_hashed_is_answered_all_the_same()
    {
        using var cancellation = new CancellationTokenSource();
        var late = _hashing.Hash("late", cancellation.Token);
        await _algorithm.UntilBegun();
        await cancellation.CancelAsync();
        _algorithm.Let();
        Assert.Equal(new PasswordHashed.Hashed("hash of late"), await late);
    }

    [Fact]
    public async Task Who_gave_up_before_asking_is_not_queued()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _hashing.Hash("never", new CancellationToken(canceled: true)));
        Assert.Empty(_algorithm.Passwords);
    }

    [Fact]
    public async Task A_hash_that_throws_reaches_its_caller_and_the_worker_goes_on()
    {
        _algorithm.Meanwhile = password => { if (password == "bad") throw new FormatException("no hash"); };
        _algorithm.Let(4);
        await Assert.ThrowsAsync<FormatException>(() => _hashing.Verify("bad", ""));
        await Assert.ThrowsAsync<FormatException>(() => _hashing.Verify("bad", ""));
        await Assert.ThrowsAsync<FormatException>(() => _hashing.Verify("bad", ""));
        Assert.Equal(new PasswordHashed.Hashed("hash of good"), await _hashing.Hash("good"));
    }

    [Fact]
    public async Task A_name_that_does_not_exist_costs_one_hash_and_is_wrong()
    {
        _algorithm.Let();
        Assert.Equal(new PasswordVerified.Verified(false, false), await _hashing.VerifyNothing("whatever"));
        Assert.Equal(["whatever"], _algorithm.Passwords);
    }

    [Fact]
    public async Task Closing_ends_the_work_at_hand_cancels_what_waits_and_takes_no_more()
    {
        var asked = Ask(3);
        await _algorithm.UntilBegun(2);
        var closing = Task.Run(_hashing.Dispose);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked[2].WaitAsync(TimeSpan.FromSeconds(20)));
        _algorithm.Let(2);
        await closing.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(new PasswordHashed.Hashed("hash of 0"), await asked[0]);
        Assert.Equal(new PasswordHashed.Hashed("hash of 1"), await asked[1]);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _hashing.Hash("late"));
    }

    /// <summary>One worker that has hashed once, for this long.</summary>
    private async Task<PasswordHashing> SlowedDown(TimeSpan duration)
    {
        var hashing = new PasswordHashing(_algorithm, new PasswordOptions { Workers = 1 }, _time);
        _algorithm.Meanwhile = _ => _time.Advance(duration);
        var first = hashing.Hash("slow");
        _algorithm.Let();
        await first;
        await _algorithm.UntilBegun();
        _algorithm.Meanwhile = _ => { };
        await Wait.Until(() => hashing.IsIdle, "the worker to have measured its work");
        return hashing;
    }

    private Task<PasswordHashed>[] Ask(int count) =>
        [.. Enumerable.Range(0, count).Select(number => _hashing.Hash(number.ToString(System.Globalization.CultureInfo.InvariantCulture)))];

    private async Task<Task<PasswordHashed>[]> FillUp()
    {
        var busy = Ask(2);
        await _algorithm.UntilBegun(2);
        return [.. busy, .. Ask(3)];
    }
}
