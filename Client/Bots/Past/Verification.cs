using System.Numerics;
using MmoOrleans.Bots.Accounts;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk;
using MmoOrleans.Sdk.Maps;

namespace MmoOrleans.Bots.Past;

/// <summary>
/// After a restart of the server: every account of a history logs in, its character enters, and stands where the history
/// allows. Nothing is made that is not there, so what was lost stays visible.
/// </summary>
internal sealed class Verification(SwarmContext context, IReadOnlyList<HistoryLine> history, TextWriter progress)
{
    private int _verified;
    private int _missing;
    private int _stale;
    private long _busy;

    public async Task<VerificationReport> Run(CancellationToken stop)
    {
        var checks = new List<Task>();
        foreach (var line in history)
        {
            var due = TimeSpan.FromSeconds(checks.Count / context.Options.LoginsPerSecond) - context.Now;
            if (due > TimeSpan.FromMilliseconds(1)) await Task.Delay(due, context.Time, stop);
            checks.Add(Check(line, checks.Count, stop));
        }

        var all = Task.WhenAll(checks);
        while (await Task.WhenAny(all, Task.Delay(TimeSpan.FromSeconds(1), context.Time, stop)) != all) Tell();
        await all;
        return Report();
    }

    private async Task Check(HistoryLine line, int index, CancellationToken stop)
    {
        var account = line.Account.ToAccount();
        context.Book.Keep(account);
        using var client = new MmoClient(MmoClientOptions.Default with { ResumeWithin = TimeSpan.Zero, BusyRetries = 0, RequestTimeout = TimeSpan.FromSeconds(60), CreateTransport = context.CreateTransport });
        var entrance = new Entrance(client, context.Book, new Patience(context.Chance(index, 2), context.Time), mayCreate: false);
        var entered = await entrance.Enter(context.Options.Server, account.Name, stop);
        Interlocked.Add(ref _busy, client.Counters.BusyAnswers);
        if (entered.IsGranted(out var visit)) Judge(line, visit);
        else Judge(line, entered.Code, entered.Sentence);
    }

    private void Judge(HistoryLine line, MapVisit visit)
    {
        var at = new Vector2(visit.Start.Position.X, visit.Start.Position.Z);
        if (Comparison.Holds(line, visit.Map, at))
        {
            Interlocked.Increment(ref _verified);
            return;
        }

        Interlocked.Increment(ref _stale);
        var last = line.States[^1];
        context.Problems.Error(FormattableString.Invariant(
            $"{line.Account.Account} stands on {visit.Map} at {at.X:F2} {at.Y:F2}, but was last acknowledged on {last.Map} at {last.XCm / 100.0:F2} {last.ZCm / 100.0:F2}, {Comparison.DistanceTo(line, visit.Map, at):F1} m off its way of the last three seconds."));
    }

    private void Judge(HistoryLine line, ErrorCode code, string sentence)
    {
        if (code is ErrorCode.InvalidUsernameOrPassword or ErrorCode.CharacterNotFound) Interlocked.Increment(ref _missing);
        context.Problems.Error($"{line.Account.Account}: {ErrorNames.Of(code)}: {sentence}");
    }

    private void Tell() => progress.WriteLine($"{context.Now.TotalSeconds,6:F1} s  verifying: {_verified} of {history.Count}, {_missing} missing, {_stale} stale, {context.Problems.Errors} errors");

    public VerificationReport Report() =>
        new(history.Count, _verified, _missing, _stale, context.Problems.Errors, _busy, Math.Round(context.Now.TotalSeconds, 2), context.Problems.Sentences);
}
