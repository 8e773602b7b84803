using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.Grains.Storage;

namespace MmoOrleans.Grains.Accounts;

/// <summary>One email address. Its calls take turns, so two claims never look at one record.</summary>
[GrainType("mmo.email")]
internal sealed class EmailGrain(IGrainContext context, RecordStores stores, GrainCalls calls, TimeProvider time) : Grain, IEmailGrain
{
    /// <summary>Less than a username waits for the answer to its claim.</summary>
    private static readonly TimeSpan UsernamePatience = TimeSpan.FromSeconds(2);

    private readonly RecordStore<EmailRecord> _store = stores.Of<EmailRecord>(EmailRecord.State, context);

    public async Task<Answer<Done>> Claim(AccountId account, string username)
    {
        if (!await _store.Load()) return Answer.Refuse<Done>(_store.Away);
        AccountId? lost = null;
        if (EmailClaims.Contested(_store.Record, account, time.GetUtcNow()))
        {
            var holder = _store.Record;
            if (!(await Made(holder)).TryGet(out var made, out var why)) return Answer.Refuse<Done>(why);
            if (made) await Confirm(holder.Account!.Value);
            else lost = holder.Account;
        }

        var claimed = await _store.Change(
            record => EmailClaims.Claim(record, account, username, lost, time.GetUtcNow()),
            record => record.Account == account);
        return claimed.Select(_ => default(Done));
    }

    public async Task<Answer<Done>> Confirm(AccountId account)
    {
        var confirmed = await _store.Change(record => EmailClaims.Confirm(record, account), record => record is { PendingUntil: null } && record.Account == account);
        return confirmed.Select(_ => default(Done));
    }

    public async Task<Answer<Done>> Free(AccountId account)
    {
        if (!await _store.Load()) return Answer.Refuse<Done>(_store.Away);
        if (_store.Record.Account != account) return Answer.Done;
        return await _store.Clear() == WriteOutcome.Written ? Answer.Done : Answer.Refuse<Done>(_store.Away);
    }

    private Task<Answer<bool>> Made(EmailRecord holder) => calls.Ask(
        GrainFactory.GetGrain<IUsernameGrain>(GrainKeys.Username(holder.Username)).Owns(holder.Account!.Value),
        UsernamePatience, _store.Away, "Asking a username for the account that claimed an email address");
}
