using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;

namespace MmoOrleans.Grains.Accounts;

/// <summary>
/// The latest entry of a session, which may arrive twice: a silo that stops passes it on, and its caller, who hears only that the silo
/// is gone, makes it again. Both are one entry; two would be two owners, and the player be dropped under the first.
/// </summary>
internal sealed class LatestEntry
{
    private Guid _id;
    private Task<Answer<Admission>>? _answer;
    private bool _isOld;

    /// <summary>The answer of the same entry, if it is there: whichever of the two came first, the other is the one that is waited for. Empty: it comes once.</summary>
    public Task<Answer<Admission>> Once(Guid id, Func<Task<Answer<Admission>>> enter)
    {
        if (id == Guid.Empty) return enter();
        if (id == _id && _answer is { IsFaulted: false }) return _answer;
        (_id, _isOld) = (id, false);
        return _answer = enter();
    }

    /// <summary>Half a minute has passed. After two of these nobody asks any more, and the answer need not be kept.</summary>
    public void Age()
    {
        if (_isOld) Forget();
        _isOld = true;
    }

    /// <summary>Somebody else has the session: what was answered is no longer so.</summary>
    public void Forget() => (_id, _answer) = (Guid.Empty, null);
}
