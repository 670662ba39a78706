/** An error (`shell-true-dynamic`) at line 4. */
export const unsafe = `import subprocess

def archive(folder):
    subprocess.run("tar czf out.tgz " + folder, shell=True, check=True)
`;

export const safe = `import subprocess

def archive(folder):
    subprocess.run(["tar", "czf", "out.tgz", folder], check=True)
`;

/** A warning (`weak-hash`) with a fix. */
export const weak = `import hashlib

def digest(token):
    return hashlib.md5(token.encode()).hexdigest()
`;
