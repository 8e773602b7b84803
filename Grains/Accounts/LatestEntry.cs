using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;

namespace MmoOrleans.Grains.Accounts;

/// <summary>
/// The latest entry of a session, which may arrive twice: a silo that stops passes it on, and its caller, who hears only that the silo
/// is gone, makes it again. Both are one entry; two would be two owners, and the player be dropped under the first.
/// </summary>
internal sealed class LatestEntry
{
    private static readonly Refusal Overtaken = Refusal.For(RefusalCode.AccountLoggedInByOther);

    private Guid _id;
    private Task<Answer<Admission>>? _underWay;

    /// <summary>
    /// The answer of the one that is under way, if this is the same; once that has been answered nobody waits for it any more, and it
    /// changes nothing. Empty: it comes once.
    /// </summary>
    public Task<Answer<Admission>> Once(Guid id, Func<Task<Answer<Admission>>> enter)
    {
        if (id == Guid.Empty) return enter();
        if (id == _id) return _underWay ?? Task.FromResult(Answer.Refuse<Admission>(Overtaken));
        (_id, _underWay) = (id, null);
        var entering = Make(id, enter);
        if (!entering.IsCompleted) _underWay = entering;
        return entering;
    }

    private async Task<Answer<Admission>> Make(Guid id, Func<Task<Answer<Admission>>> enter)
    {
        try
        {
            return await enter();
        }
        finally
        {
            if (_id == id) _underWay = null;
        }
    }
}
