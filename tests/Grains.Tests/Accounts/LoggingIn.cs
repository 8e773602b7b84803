using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.Grains.Accounts;
using MmoOrleans.Grains.Secrets;
using MmoOrleans.Grains.Tests.Cluster;
using MmoOrleans.Grains.Tests.Storage.Faults;
using Orleans.Storage;

namespace MmoOrleans.Grains.Tests.Accounts;

public sealed class LoggingIn(GrainCluster cluster) : IClassFixture<GrainCluster>
{
    private readonly Guid _id = Guid.NewGuid();

    private IAccountGrain Account => cluster.Grains.GetGrain<IAccountGrain>(_id);

    [Fact]
    public async Task A_login_is_one_write_with_a_new_token_and_the_next_epoch()
    {
        var first = (await Account.Login("Barone")).Value();
        var second = (await Account.Login("Barone")).Value();
        Assert.Equal((1, 2), (first.Epoch, second.Epoch));
        Assert.Equal(2, Changes());
        Assert.Equal(Secret.Length, second.AccessToken.Length);
        (await Account.ValidateToken(first.AccessToken)).Refused(RefusalCode.InvalidUserToken);
        Assert.Equal(new TokenHolder(new AccountId(_id), second.Expires, 2, 0, null), (await Account.ValidateToken(second.AccessToken)).Value());
    }

    [Fact]
    public async Task A_hundred_logins_at_once_leave_one_token_good()
    {
        var logins = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ => (await Account.Login("Barone")).Value()));
        Assert.Equal(Enumerable.Range(1, 100).Select(epoch => (long)epoch), logins.Select(login => login.Epoch).Order());
        var good = await Task.WhenAll(logins.Select(async login => (await Account.ValidateToken(login.AccessToken), login.Epoch)));
        Assert.Equal(100, Assert.Single(good, answer => answer.Item1 is Granted<TokenHolder>).Epoch);
    }

    [Fact]
    public async Task The_token_outlives_the_activation_and_is_not_stored_in_clear()
    {
        var login = (await Account.Login("Barone")).Value();
        await cluster.Deactivate(Account);
        Assert.Equal(1, (await Account.ValidateToken(login.AccessToken)).Value().Epoch);
    }

    [Fact]
    public async Task A_token_that_was_logged_out_is_void()
    {
        var login = (await Account.Login("Barone")).Value();
        (await Account.Logout(login.Epoch)).Value();
        (await Account.ValidateToken(login.AccessToken)).Refused(RefusalCode.InvalidUserToken);
    }

    [Fact]
    public async Task A_late_logout_of_an_older_login_changes_nothing()
    {
        var old = (await Account.Login("Barone")).Value();
        var login = (await Account.Login("Barone")).Value();
        (await Account.Logout(old.Epoch)).Value();
        (await Account.ValidateToken(login.AccessToken)).Value();
    }

    [Fact]
    public async Task A_banned_account_is_refused_at_login_and_with_its_token_until_the_ban_is_lifted()
    {
        var login = (await Account.Login("Barone")).Value();
        (await Account.Ban(cluster.Time.GetUtcNow() + TimeSpan.FromHours(1))).Value();
        (await Account.Login("Barone")).Refused(RefusalCode.UserBanned);
        (await Account.ValidateToken(login.AccessToken)).Refused(RefusalCode.UserBanned);
        (await Account.Ban(cluster.Time.GetUtcNow() - TimeSpan.FromHours(1))).Value();
        (await Account.ValidateToken(login.AccessToken)).Value();
    }

    [Fact]
    public void A_ban_says_until_when_and_a_long_one_asks_for_a_wait_that_clients_can_count()
    {
        var now = new DateTimeOffset(2026, 11, 22, 18, 0, 0, TimeSpan.Zero);
        var banned = Logins.Ban(new AccountRecord(), now.AddYears(1), now);
        Assert.False(Logins.Login(banned, "Barone", SecretHash.Of("token"), now, now).TryGet(out _, out var why));
        Assert.Equal(Bans.Refuse(now.AddYears(1), now), why);
        Assert.Equal(("The account is banned until 2027-11-22 18:00 UTC.", int.MaxValue), (why.Sentence, why.RetryAfter!.Value.TotalMilliseconds));
        Assert.Equal(TimeSpan.FromHours(1), Bans.Refuse(now.AddHours(1), now).RetryAfter);
    }

    [Fact]
    public async Task The_level_that_an_operator_set_is_shown_at_the_next_login_and_outlives_the_activation()
    {
        (await Account.Login("Barone")).Value();
        (await Account.SetLevel(255)).Value();
        await cluster.Deactivate(Account);
        Assert.Equal(255, (await Account.Login("Barone")).Value().UserLevel);
    }

    [Fact]
    public async Task A_login_that_the_store_did_not_take_is_refused_and_keeps_the_token_before_it()
    {
        var login = (await Account.Login("Barone")).Value();
        cluster.Storage.FailNext(Mine, CommitPoint.Before);
        (await Account.Login("Barone")).Refused(RefusalCode.ServiceNotAvailable);
        (await Account.ValidateToken(login.AccessToken)).Value();
        Assert.Equal(2, (await Account.Login("Barone")).Value().Epoch);
    }

    [Fact]
    public async Task A_login_whose_answer_the_store_lost_is_granted()
    {
        cluster.Storage.FailNext(Mine, CommitPoint.After);
        var login = (await Account.Login("Barone")).Value();
        (await Account.ValidateToken(login.AccessToken)).Value();
        Assert.Equal(2, (await Account.Login("Barone")).Value().Epoch);
    }

    [Fact]
    public async Task A_login_whose_client_goes_before_it_is_written_keeps_the_token_before_it()
    {
        var login = (await Account.Login("Barone")).Value();
        await cluster.Deactivate(Account);
        using var slow = cluster.Storage.HoldNext(call => !call.IsChange && call.Grain == Account.GetGrainId());
        using var client = new CancellationTokenSource();
        var later = Account.Login("Barone", client.Token);
        await Wait.In(slow.Arrived, "the account to be read");
        await cluster.CallOff(later, client, Account);
        slow.Release();
        (await Account.ValidateToken(login.AccessToken)).Value();
        Assert.Equal(2, (await Account.Login("Barone")).Value().Epoch);
    }

    [Fact]
    public async Task An_activation_that_lost_its_record_to_another_one_stops_without_saving()
    {
        await Account.Login("Barone");
        cluster.Storage.FailNext(Mine, CommitPoint.Before, new InconsistentStateException("somebody else wrote"));
        (await Account.Login("Barone")).Refused(RefusalCode.ServiceNotAvailable);
        Assert.Equal(2, (await Account.Login("Barone")).Value().Epoch);
        Assert.Contains(cluster.Log.Of(3280), line => line.Text.Contains(Account.GetGrainId().ToString(), StringComparison.Ordinal));
    }

    private int Changes() => cluster.Storage.Calls.Count(Mine);

    private bool Mine(StorageCall call) => call.IsChange && call.Grain == Account.GetGrainId();
}
