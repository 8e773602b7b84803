namespace MmoOrleans.Gateway.Databases;

/// <summary>Why a database cannot be used.</summary>
/// <param name="Words">The rest of a sentence that begins with the database's name. No passwords.</param>
/// <param name="MayPass">True: waiting may help. False: somebody has to change something.</param>
public sealed record DatabaseTrouble(string Words, bool MayPass);
