namespace MmoOrleans.Grains.Storage;

/// <summary>
/// What this silo's last call to the store said, whoever made it. While it failed, a record asks a question before it writes: a write
/// that is never sent has a known outcome, one that fails under way has not.
/// </summary>
internal sealed class StoreHealth
{
    private volatile bool _isFailing;

    public bool IsFailing => _isFailing;

    public void Note(bool failed)
    {
        if (_isFailing != failed)
            _isFailing = failed;
    }
}
